package muster.orchestrator.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.TestImages;

/** What one command line says, and its exit code. */
record Said(int status, String out, String err) {

    static Said by(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            int status = Main.run(arguments);
            return new Said(status, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** With this home, and with the files of the program that stand here. */
    static Said in(Path home, String... arguments) {
        System.setProperty(Installation.PROPERTY, TestImages.ROOT.toString());
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", home.toString()));
        return by(all.toArray(String[]::new));
    }
}
