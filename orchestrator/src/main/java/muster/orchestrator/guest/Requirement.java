package muster.orchestrator.guest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that a driver needs on this host.
 *
 * @param program its name, looked for on the path
 * @param debianPackage the package of Debian that has it
 */
public record Requirement(String program, String debianPackage) {

    private static final List<String> ALWAYS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    /** Whether the program is there. */
    public boolean isMet() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        return Stream.concat(Stream.of(path.split(":", -1)), ALWAYS.stream())
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /**
     * Refuses to go on where one is not met.
     *
     * @param driver the driver's name
     * @throws FarmFailed says which, and how they are installed
     */
    public static void check(String driver, List<Requirement> requirements) throws FarmFailed {
        List<Requirement> unmet =
                requirements.stream().filter(one -> !one.isMet()).toList();
        if (!unmet.isEmpty()) {
            throw new FarmFailed("cannot run guests on %s here: there is no %s; as root: %s"
                    .formatted(
                            driver,
                            String.join(
                                    " and no ",
                                    unmet.stream().map(Requirement::program).toList()),
                            installing(unmet)));
        }
    }

    /** The command by which root installs them. */
    public static String installing(List<Requirement> requirements) {
        return "apt-get install --no-install-recommends -y "
                + String.join(
                        " ",
                        requirements.stream()
                                .map(Requirement::debianPackage)
                                .distinct()
                                .toList());
    }
}
