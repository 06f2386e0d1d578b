package muster.orchestrator.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How long a look at a farm that is at work takes, from the command to its last line, beside the JVM's own start. */
public final class StatusBench {

    private static final double AT_MOST = 5;

    private final Path launcher;
    private final Path home;

    /**
     * @param launcher what starts the program
     * @param home one that this process holds
     */
    public StatusBench(Path launcher, Path home) {
        this.launcher = launcher;
        this.home = home;
    }

    /** Measures both sides in turns. */
    public List<Figures> measure(int count) throws IOException, InterruptedException {
        List<String> java =
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version");
        List<String> status = List.of(launcher.toString(), "status", "--home", home.toString());
        milliseconds(java);
        milliseconds(status);
        List<Double> ofJava = new ArrayList<>();
        List<Double> ofStatus = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < count; round++) {
            ofJava.add(milliseconds(java));
            ofStatus.add(milliseconds(status));
            ratios.add(ofStatus.getLast() / ofJava.getLast());
        }
        return List.of(
                new Figures("java -version", "ms", ofJava),
                new Figures("muster status", "ms", ofStatus),
                new Figures("muster status / java -version", "", ratios).atMost(AT_MOST));
    }

    private static double milliseconds(List<String> command) throws IOException, InterruptedException {
        long from = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        double took = (System.nanoTime() - from) / 1e6;
        if (status != 0) {
            throw new IOException("cannot measure '" + String.join(" ", command) + "': it ended with " + status
                    + " and said: " + said.strip());
        }
        return took;
    }
}
