package muster.testsuites.format;

import java.time.Duration;
import java.util.List;
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
    private static final Word START = Word.of("START ");
    private static final Word END = Word.of("END ");
    private static final Word EXIT = Word.of("exit");
    private static final List<Word> OTHER_ENDS = List.of(Word.of("signal"), Word.of("timeout"));
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
        private @Nullable Name running;
        private long startedOn;
        private long ended;
        private long planned = -1;
        private @Nullable String done;

        Commands(Cases cases) {
            this.cases = cases;
        }

        @Override
        public void take(Line line) {
            if (line.isEmpty()) {
                return;
            }
            boolean afterDone = done != null;
            done = null;
            if (line.at(0) == '|' && running != null) {
                output.add(line.text(1));
            } else if (afterDone || !line.ended() || !read(line)) {
                cases.unreadable(line.number(), line.text(), EXPECTED);
            }
        }

        private boolean read(Line line) {
            if (line.startsWith(END, 0)) {
                return end(line, END.length());
            } else if (line.startsWith(START, 0) && !line.isBlank(START.length())) {
                return start(line.name(START.length(), line.length()), line.number());
            }
            int space = line.indexOf(' ', 0);
            if (space < 0 || line.isBlank(space)) {
                return false;
            }
            int rest = space + 1;
            return switch (line.word(0, space)) {
                case "PLAN" -> plan(line.text(rest));
                case "SKIP" -> skip(line.text(rest), line.number());
                case "DONE" -> done(line.text(rest));
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

        private boolean start(Name name, long line) {
            noResult();
            running = name;
            startedOn = line;
            return true;
        }

        /** The rest of an END line is the name of what runs, how it ended and the seconds that it took. */
        private boolean end(Line line, int nameAt) {
            Name name = running;
            int at = name == null ? -1 : line.after(name, nameAt);
            if (name == null || at < 0 || line.at(at) != ' ') {
                return false;
            }
            String word = word(line, at + 1);
            int after = at + 1 + word.length();
            Integer code = null;
            boolean exit = word.equals(EXIT.text());
            if (exit || word.equals("signal")) {
                int space = line.indexOf(' ', after + 1);
                int end = space < 0 ? line.length() : space;
                code = line.at(after) == ' ' ? line.number(after + 1, end) : -1;
                after = end;
            }
            Duration took = line.at(after) == ' ' ? line.seconds(after + 1) : null;
            boolean known = !word.isEmpty() && (code == null || code >= 0);
            if (!known || (took == null && after < line.length())) {
                return false;
            }
            Verdict verdict = verdict(exit, code);
            if (verdict == Verdict.UNRESOLVED) {
                output.add(code == null ? word : word + " " + code);
            }
            cases.add(new CaseResult(name.text(), verdict, word, code, output.text(), took, line.number()), name);
            ended++;
            forget();
            return true;
        }

        /** How a command ended, which stands there; empty where nothing of it does. */
        private static String word(Line line, int from) {
            if (line.startsWith(EXIT, from)) {
                return EXIT.text();
            }
            for (Word word : OTHER_ENDS) {
                if (line.startsWith(word, from)) {
                    return word.text();
                }
            }
            return "";
        }

        private static Verdict verdict(boolean exit, @Nullable Integer code) {
            if (code == null || !exit) {
                return Verdict.UNRESOLVED;
            }
            return code == 0 ? Verdict.PASS : Verdict.FAIL;
        }

        private boolean skip(String rest, long line) {
            int colon = rest.indexOf(": ");
            String name = colon < 0 ? rest : rest.substring(0, colon);
            String why = colon < 0 ? "" : rest.substring(colon + 2);
            if (running != null && name.equals(running.text())) {
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
            Name name = running;
            if (name != null) {
                cases.add(new CaseResult(name.text(), Verdict.NORESULT, "START", null, output.text(), null, startedOn));
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
