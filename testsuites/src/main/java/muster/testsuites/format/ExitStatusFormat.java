package muster.testsuites.format;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One case a command, told by its exit status alone. The format is Muster's own, made to be written by a few lines of
 * POSIX sh:
 *
 * <pre>
 * PLAN 3                          first, where it is known: how many commands will run
 * START list files                a command begins; its name may hold spaces
 * |total 12                       each line of its output, with a bar before it
 * END list files exit 0 0.25      its exit status, and the seconds it took where they are known
 * START loop
 *
 * END loop timeout 60             ended by a limit; or {@code END loop signal 11 2}, ended by a signal
 * SKIP mount: not root            not run, and why; or it began, and had no meaning here
 * DONE 3                          the last line: how many ENDs and SKIPs there were
 * </pre>
 *
 * <p>Exit status 0 is PASS, any other FAIL; a signal and a timeout are UNRESOLVED; what started and has no END has NORESULT.
 * The bar is what keeps a command from faking a result, so none of its output may stand at the beginning of a line: {@code
 * awk '{ print "|" $0 }'} does it, and ends the last line too; after {@code sed 's/^/|/'} an {@code echo} is needed, for
 * empty lines mean nothing.
 */
final class ExitStatusFormat extends LineFormat {
    private static final Pattern ENDING =
            Pattern.compile("(?:(exit|signal) (\\d{1,9})|(timeout))(?: (\\d{1,9}(?:\\.\\d{1,9})?))?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final String EXPECTED = "PLAN N, START NAME, |OUTPUT, END NAME exit N, SKIP NAME: WHY or DONE N";

    ExitStatusFormat() {
        super("exit-status", "\\A(?:PLAN \\d+\\R)?(?:START|SKIP) ");
    }

    @Override
    Reading begin(Cases cases) {
        return new Commands(cases);
    }

    private static final class Commands implements Reading {
        private final Cases cases;
        private final Excerpt output = new Excerpt();
        private @Nullable String running;
        private long startedOn;
        private long ended;
        private long planned = -1;
        private @Nullable String done;

        Commands(Cases cases) {
            this.cases = cases;
        }

        @Override
        public void take(Lines.Line line) {
            String text = line.text();
            if (text.isEmpty()) {
                return;
            }
            boolean afterDone = done != null;
            done = null;
            if (text.charAt(0) == '|' && running != null) {
                output.add(text.substring(1));
            } else if (afterDone || !line.ended() || !read(text, line.number())) {
                cases.unreadable(line.number(), text, EXPECTED);
            }
        }

        private boolean read(String text, long line) {
            int space = text.indexOf(' ');
            String rest = text.substring(space + 1);
            if (space < 0 || rest.isBlank()) {
                return false;
            }
            return switch (text.substring(0, space)) {
                case "PLAN" -> plan(rest);
                case "START" -> start(rest, line);
                case "END" -> end(rest, line);
                case "SKIP" -> skip(rest, line);
                case "DONE" -> done(rest);
                default -> false;
            };
        }

        private boolean plan(String count) {
            if (planned >= 0 || !NUMBER.matcher(count).matches()) {
                return false;
            }
            planned = Long.parseLong(count);
            cases.planned(planned);
            return true;
        }

        private boolean start(String name, long line) {
            noResult();
            running = name;
            startedOn = line;
            return true;
        }

        private boolean end(String rest, long line) {
            String name = running;
            if (name == null || !rest.startsWith(name) || !rest.startsWith(" ", name.length())) {
                return false;
            }
            Matcher ending = ENDING.matcher(rest.substring(name.length() + 1));
            if (!ending.matches()) {
                return false;
            }
            boolean timeout = ending.group(3) != null;
            String word = timeout ? "timeout" : ending.group(1);
            Integer code = timeout ? null : Integer.valueOf(ending.group(2));
            Verdict verdict = !"exit".equals(word)
                    ? Verdict.UNRESOLVED
                    : Integer.valueOf(0).equals(code) ? Verdict.PASS : Verdict.FAIL;
            Duration took = ending.group(4) == null ? null : Texts.seconds(ending.group(4));
            String cause = timeout ? "timeout" : "signal " + code;
            if (verdict == Verdict.UNRESOLVED) {
                output.add(cause);
            }
            cases.add(new CaseResult(name, verdict, word, code, output.text(), took, line));
            ended++;
            forget();
            return true;
        }

        private boolean skip(String rest, long line) {
            int colon = rest.indexOf(": ");
            String name = colon < 0 ? rest : rest.substring(0, colon);
            String why = colon < 0 ? "" : rest.substring(colon + 2);
            if (name.equals(running)) {
                forget();
            }
            noResult();
            cases.add(new CaseResult(name, Verdict.SKIP, "SKIP", null, why, null, line));
            ended++;
            return true;
        }

        private boolean done(String count) {
            noResult();
            done = NUMBER.matcher(count).matches() ? count : null;
            return done != null;
        }

        private void noResult() {
            String name = running;
            if (name != null) {
                cases.add(new CaseResult(name, Verdict.NORESULT, "START", null, output.text(), null, startedOn));
                forget();
            }
        }

        private void forget() {
            running = null;
            output.clear();
        }

        @Override
        public String end() {
            noResult();
            String announced = done;
            if (announced == null) {
                return "it does not end with a DONE line";
            }
            if (planned < 0) {
                cases.planned(Long.parseLong(announced));
            }
            return Long.parseLong(announced) == ended
                    ? ""
                    : "its DONE line says that " + announced + " commands ended, " + ended + " were read";
        }
    }
}
