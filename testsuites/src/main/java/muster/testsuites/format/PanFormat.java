package muster.testsuites.format;

import java.time.Duration;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The log of ltp-pan, the older driver of the Linux Test Project: for each test {@code <<<test_start>>>}, {@code tag=NAME
 * stime=...}, {@code <<<test_output>>>}, its output, {@code <<<execution_status>>>}, {@code termination_type=exited
 * termination_id=N} and {@code <<<test_end>>>}. The bits of N say what the test's parts came to: 1 failed, 2 broke, 4
 * warned, 32 is not configured here; the worst decides. A test that was killed, or could not be started, is UNRESOLVED.
 *
 * <p>The format has no end of its own: a suite that writes it adds {@code END: N}.
 */
final class PanFormat extends LineFormat {
    private static final int FAILED = 1;
    private static final int BROKE = 2;
    private static final int WARNED = 4;
    private static final int NOT_CONFIGURED = 32;

    PanFormat() {
        super("ltp-pan", "^<<<test_start>>>$");
    }

    @Override
    Reading begin(Cases cases) {
        return new Log(cases);
    }

    private enum Part {
        OUTSIDE,
        HEAD,
        OUTPUT,
        STATUS
    }

    private static final class Log implements Reading {
        private final Cases cases;
        private final EndLine end = new EndLine();
        private final Excerpt output = new Excerpt();
        private Part part = Part.OUTSIDE;
        private String tag = "";
        private long line;
        private String initiation = "";
        private String type = "";
        private int status = -1;
        private @Nullable Duration took;

        Log(Cases cases) {
            this.cases = cases;
        }

        @Override
        public void take(Line each) {
            if (each.startsWith("<<<") && each.ended() && marker(each)) {
                end.take(each);
            } else if (part == Part.OUTPUT) {
                output.add(each.text());
            } else if (part == Part.HEAD) {
                tag = tag.isEmpty() && each.startsWith("tag=") ? value(each.text(), "tag=") : tag;
            } else if (part == Part.STATUS) {
                status(each);
            } else if (!end.take(each) && !each.isBlank()) {
                cases.unreadable(each.number(), each.text(), "<<<test_start>>>");
            }
        }

        private boolean marker(Line each) {
            switch (each.word(0, each.length())) {
                case "<<<test_start>>>" -> {
                    flush();
                    part = Part.HEAD;
                    line = each.number();
                }
                case "<<<test_output>>>" -> part = part == Part.HEAD ? Part.OUTPUT : part;
                case "<<<execution_status>>>" -> part = part == Part.OUTSIDE ? part : Part.STATUS;
                case "<<<test_end>>>" -> {
                    if (part == Part.OUTSIDE) {
                        cases.unreadable(each.number(), each.text(), "<<<test_start>>>");
                    }
                    flush();
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        /** What stands behind {@code key} up to the next space, or in quotes. */
        private static String value(String text, String key) {
            int from = text.indexOf(key) + key.length();
            boolean quoted = text.startsWith("\"", from);
            int to = text.indexOf(quoted ? '"' : ' ', from + 1);
            return text.substring(quoted ? Math.min(from + 1, text.length()) : from, to < 0 ? text.length() : to);
        }

        private void status(Line each) {
            if (each.startsWith("initiation_status=")) {
                initiation = value(each.text(), "initiation_status=");
            } else if (each.startsWith("duration=")) {
                String text = each.text();
                int seconds = Texts.number(value(text, "duration="));
                took = seconds < 0 ? null : Duration.ofSeconds(seconds);
                if (text.contains(" termination_type=") && text.contains(" termination_id=")) {
                    type = value(text, "termination_type=");
                    status = Texts.number(value(text, "termination_id="));
                }
            }
        }

        private void flush() {
            if (part != Part.OUTSIDE) {
                boolean ended = status >= 0 && initiation.equals("ok");
                Verdict verdict = ended ? verdict() : initiation.isEmpty() ? Verdict.NORESULT : Verdict.UNRESOLVED;
                String cause = type.equals("signaled")
                        ? "signal " + status
                        : initiation.isEmpty() || initiation.equals("ok") ? "" : initiation;
                String message = verdict == Verdict.PASS ? "" : (cause + "\n" + output.text()).strip();
                String name = tag.isEmpty() ? "test on line " + line : tag;
                cases.add(new CaseResult(name, verdict, type, status < 0 ? null : status, message, took, line));
            }
            part = Part.OUTSIDE;
            tag = "";
            initiation = "";
            type = "";
            status = -1;
            took = null;
            output.clear();
        }

        private Verdict verdict() {
            if (!type.equals("exited")) {
                return Verdict.UNRESOLVED;
            } else if (status == 0) {
                return Verdict.PASS;
            } else if ((status & FAILED) != 0) {
                return Verdict.FAIL;
            } else if ((status & BROKE) != 0) {
                return Verdict.UNRESOLVED;
            } else if ((status & WARNED) != 0) {
                return Verdict.WARNING;
            }
            return (status & NOT_CONFIGURED) != 0 ? Verdict.UNSUPPORTED : Verdict.FAIL;
        }

        @Override
        public String end() {
            boolean open = part != Part.OUTSIDE;
            flush();
            return open ? "it stops in the middle of a test" : end.end(cases);
        }
    }
}
