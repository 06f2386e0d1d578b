package muster.orchestrator.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.GuestDrivers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package, before it is made. */
class PackageTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PACKAGES = Path.of("src/packages");

    @TempDir
    Path folder;

    @Test
    void itAsksForAllThatAHostNeedsAndSaysWhatOnlySomeNeed() throws Exception {
        Set<String> needed = new HashSet<>();
        Set<String> wanted = new HashSet<>();
        for (String line : Files.readAllLines(ROOT.resolve("config/host-packages"))) {
            String[] words = line.strip().split(" +", -1);
            if (words.length == 3 && !line.startsWith("#") && !words[2].equals("tests")) {
                boolean always = List.of("images", "user", "guests").contains(words[2]);
                (always ? needed : wanted).add(words[1]);
            }
        }
        assertThat(named("Depends")).containsAll(needed);
        Set<String> all = new HashSet<>(named("Depends"));
        all.addAll(named("Recommends"));
        all.addAll(named("Suggests"));
        assertThat(all).containsAll(wanted);
    }

    private static List<String> named(String field) throws IOException {
        String line = Files.readAllLines(PACKAGES.resolve("deb/control")).stream()
                .filter(each -> each.startsWith(field + ": "))
                .findFirst()
                .orElseThrow();
        return Arrays.asList(line.substring(field.length() + 2).split(", *", -1));
    }

    @Test
    void whatItPutsIntoEtcIsReadAndGoesBetweenTheShippedFileAndTheHomes() throws Exception {
        Path root = folder.resolve("installation");
        Files.createDirectories(root.resolve("config/site"));
        Files.copy(ROOT.resolve("config/farm.yaml"), root.resolve("config/farm.yaml"));
        Path site = Files.copy(PACKAGES.resolve("farm.yaml"), root.resolve("config/site/farm.yaml"));
        Path home = Files.createDirectory(folder.resolve("home"));
        Installation installation = new Installation(root, home, Set.of("toybox"), GuestDrivers.names());
        assertThat(installation.farm()).isEqualTo(shipped());
        Files.writeString(site, "zone: Asia/Tokyo\nkeep: { days: 3 }\n");
        Files.writeString(home.resolve("farm.yaml"), "keep: { days: 4 }\n");
        assertThat(installation.farm().zone()).hasToString("Asia/Tokyo");
        assertThat(installation.farm().keep().days()).isEqualTo(4);
    }

    private FarmConfig shipped() throws Exception {
        return new Installation(ROOT, folder.resolve("none"), Set.of("toybox"), GuestDrivers.names()).farm();
    }
}
