package muster.orchestrator.doctor;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether the programs are here that something is done with.
 *
 * @param name what they are for
 * @param purpose the same as {@link HostPackages} calls it
 * @param without how the host stands without any of them
 */
record ProgramsCheck(String name, String purpose, Standing without, HostPackages needs, Host host) implements Check {

    @Override
    public Finding look() {
        List<String> all = needs.of(List.of(purpose)).stream()
                .map(HostPackages.Line::program)
                .toList();
        List<HostPackages.Line> missing = needs.missing(host, List.of(purpose));
        if (missing.isEmpty()) {
            return Finding.fine(
                    "here: " + all.stream().map(ProgramsCheck::brief).collect(Collectors.joining(", ")));
        }
        return Finding.missing(
                without,
                "not here: "
                        + missing.stream().map(line -> brief(line.program())).collect(Collectors.joining(", ")),
                missing.stream().map(HostPackages.Line::inPackage).toList());
    }

    private static String brief(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }
}
