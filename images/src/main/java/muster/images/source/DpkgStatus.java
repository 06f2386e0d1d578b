package muster.images.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads dpkg's own record of what is installed ({@code /var/lib/dpkg/status}, see deb822(5)). */
final class DpkgStatus {

    private static final String PATH = "var/lib/dpkg/status";

    private DpkgStatus() {}

    /**
     * The packages of the system in a root archive.
     *
     * @return name to version
     * @throws IOException when the archive is damaged or holds no such record
     */
    static SortedMap<String, String> ofArchive(Path tar) throws IOException {
        try (var in = new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(tar)))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().replaceFirst("^\\./", "").equals(PATH)) {
                    return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        throw new IOException(tar + " has no " + PATH);
    }

    /** Every package whose status is {@code installed}. */
    static SortedMap<String, String> parse(String status) {
        var packages = new TreeMap<String, String>();
        for (String paragraph : status.split("\n\n", -1)) {
            String name = field(paragraph, "Package");
            if (field(paragraph, "Status").endsWith(" installed")) {
                packages.put(name, field(paragraph, "Version"));
            }
        }
        return packages;
    }

    private static String field(String paragraph, String name) {
        return paragraph
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
