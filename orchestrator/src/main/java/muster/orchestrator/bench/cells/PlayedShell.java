package muster.orchestrator.bench.cells;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers what an orchestrator asks a guest's shell as the guest would, without any process: it knows the commands by which suites are
 * put, started, followed and collected, and no other.
 */
final class PlayedShell {

    private static final int RUNNING = 71;
    private static final int UNKNOWN = 127;
    private static final String ARTEFACT = "environment";
    private static final String SUBJECTS = "played\t/usr/bin/played\t1.0\n";

    private static final Pattern BRING = Pattern.compile("a='.*\\bexec (sh '[^']*/attempt\\.sh' \\w+)", Pattern.DOTALL);
    private static final Pattern ATTEMPT = Pattern.compile("sh '[^']*/attempt\\.sh' (\\w+) ?(.*)");

    private final String nonce;
    private final PlayedSuite suite;

    PlayedShell(String nonce, PlayedSuite suite) {
        this.nonce = nonce;
        this.suite = suite;
    }

    /** Runs a command; its exit status. */
    int run(String command, InputStream in, OutputStream out, OutputStream error)
            throws IOException, InterruptedException {
        if (command.equals("cat /run/muster/nonce")) {
            return say(nonce + "\n", out);
        }
        Matcher bring = BRING.matcher(command);
        if (bring.matches()) {
            in.transferTo(OutputStream.nullOutputStream());
            return run(bring.group(1), InputStream.nullInputStream(), out, error);
        }
        Matcher attempt = ATTEMPT.matcher(command);
        if (attempt.matches()) {
            return attempt(attempt.group(1), attempt.group(2).replace("'", "").split(" ", -1), out, error);
        }
        say("this guest is played, and does not know: " + command + "\n", error);
        return UNKNOWN;
    }

    private int attempt(String verb, String[] words, OutputStream out, OutputStream error)
            throws IOException, InterruptedException {
        return switch (verb) {
            case "launch" -> {
                suite.begin();
                yield 0;
            }
            case "follow" -> {
                if (!suite.hasEnded()) {
                    suite.follow(Integer.parseInt(words[0]) - 1, out, Integer.parseInt(words[1]) - 1, error);
                }
                yield 0;
            }
            case "rest" -> {
                byte[] content = rest(words[0]);
                int from = Math.min(content.length, Integer.parseInt(words[1]) - 1);
                out.write(Arrays.copyOfRange(content, from, content.length));
                yield 0;
            }
            case "state" -> {
                say(
                        (suite.hasEnded() ? "status 0 played\n" : "") + "journal " + suite.size("journal") + "\nlog "
                                + suite.size("log") + "\n",
                        out);
                yield suite.hasEnded() ? 0 : RUNNING;
            }
            case "stop" -> {
                suite.endSoon();
                yield RUNNING;
            }
            case "artefacts" -> say("./" + ARTEFACT + "\n", out);
            default -> UNKNOWN;
        };
    }

    private byte[] rest(String file) {
        return switch (file) {
            case "journal", "log" -> suite.content(file);
            case "subjects" -> SUBJECTS.getBytes(StandardCharsets.UTF_8);
            default -> (file + " of " + nonce + "\n").getBytes(StandardCharsets.UTF_8);
        };
    }

    private static int say(String words, OutputStream to) throws IOException {
        to.write(words.getBytes(StandardCharsets.UTF_8));
        return 0;
    }
}
