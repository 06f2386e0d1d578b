package muster.orchestrator.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.images.ImageFailed;
import muster.images.Tools;

/** Looks at one file of a suite as a guest's shell will. */
record ScriptLint(Tools tools, Problems problems) {

    private static final String LIMIT = "20";

    /** A script's first line: its interpreter, perhaps by way of env. */
    private static final Pattern FIRST = Pattern.compile("#! *(?:/usr/bin/env +)?(?:\\S*/)?([^/\\s]+)(?:\\s.*)?");

    /** {@code FILE: 3: Syntax error: ...} of dash, {@code FILE: line 3: syntax error ...} of bash. */
    private static final Pattern COMPLAINT = Pattern.compile("^.*?: (?:line )?(\\d+): (.*)$", Pattern.MULTILINE);

    /**
     * @param shown what messages call the file
     * @param command whether the suite names it as one of its commands
     * @param packages what the suite's guests have for it
     */
    void check(Path file, String shown, boolean command, List<String> packages)
            throws ImageFailed, IOException, InterruptedException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (!command && !text.startsWith("#!")) {
            return;
        }
        String first = text.lines().findFirst().orElse("");
        Matcher interpreter = FIRST.matcher(first);
        if (!interpreter.matches()) {
            problems.add(new Place(shown, 1, 1), "the script does not say what runs it", "#!/bin/sh as its first line");
            return;
        }
        int carriageReturn = text.indexOf("\r\n");
        if (carriageReturn >= 0) {
            int line = (int) text.substring(0, carriageReturn).lines().count();
            int column = carriageReturn - text.lastIndexOf('\n', carriageReturn - 1);
            problems.add(
                    new Place(shown, Math.max(1, line), column),
                    "lines end with a carriage return, which a guest's shell takes for a part of them",
                    "lines that end with a line feed alone");
            return;
        }
        String shell = interpreter.group(1);
        if (command && !shell.equals("sh") && !packages.contains(shell)) {
            problems.add(
                    new Place(shown, 1, 1),
                    "the script is run by " + Words.quoted(shell) + ", which not every guest has",
                    "#!/bin/sh, or " + shell + " among the suite's packages");
        }
        if (shell.equals("sh") || (shell.equals("bash") && Tools.has("bash"))) {
            checkSyntax(file, shown, shell);
        }
    }

    private void checkSyntax(Path file, String shown, String shell)
            throws ImageFailed, IOException, InterruptedException {
        Path log = Files.createTempFile("muster-lint", ".log");
        try {
            List<String> words = List.of("timeout", LIMIT, shell, "-n", file.toString());
            if (tools.run(new Tools.Call(words, Path.of("/"), log)) == 0) {
                return;
            }
            String said = Files.readString(log);
            Matcher complaint = COMPLAINT.matcher(said);
            boolean located = complaint.find();
            problems.add(
                    new Place(shown, located ? Integer.parseInt(complaint.group(1)) : 1, 1),
                    shell + " cannot read the script: " + (located ? complaint.group(2) : said.strip()),
                    "");
        } finally {
            Files.delete(log);
        }
    }
}
