package muster.images;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The published images: one folder each, complete from the moment it can be seen. */
final class ImageFolders {

    private static final String MANIFEST = "manifest.json";
    private static final int NAME_DIGITS = 12;

    private final Path parent;

    ImageFolders(Path parent) {
        this.parent = parent;
    }

    /** All images, the newest first. */
    List<BaseImage> list() throws IOException {
        var images = new ArrayList<BaseImage>();
        try (Stream<Path> entries = Files.exists(parent) ? Files.list(parent) : Stream.empty()) {
            for (Path folder : entries.filter(entry -> Files.exists(entry.resolve(MANIFEST)))
                    .toList()) {
                images.add(new BaseImage(
                        folder.getFileName().toString(), folder, Json.read(folder.resolve(MANIFEST), Manifest.class)));
            }
        }
        images.sort(Comparator.comparing((BaseImage image) -> image.manifest().builtAt())
                .reversed()
                .thenComparing(BaseImage::name));
        return List.copyOf(images);
    }

    Optional<BaseImage> byInputs(String inputs) throws IOException {
        return list().stream()
                .filter(image -> image.manifest().inputs().equals(inputs))
                .findFirst();
    }

    /**
     * Publishes what lies in a folder on the same file system: its files become read-only, then the folder moves to its name
     * in one step. Where an image of the same content is there already, that one is the result.
     *
     * @param folder holds the disk, the log, for a base image the root archive, and the kernel's files where there is one
     */
    BaseImage publish(Path folder, Manifest manifest) throws IOException {
        Json.write(folder.resolve(MANIFEST), manifest);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
            }
        }
        String name = manifest.distribution() + "-" + manifest.diskDigest().substring(0, NAME_DIGITS);
        Path target = parent.resolve(name);
        if (!Files.exists(target)) {
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return new BaseImage(name, target, Json.read(target.resolve(MANIFEST), Manifest.class));
    }

    /** What differs from an image's manifest, in sentences; empty where nothing does. */
    static List<String> verify(BaseImage image) throws IOException {
        var differences = new ArrayList<String>();
        compare(image.disk(), image.manifest().diskDigest(), differences);
        String rootDigest = image.manifest().rootDigest();
        if (rootDigest != null) {
            compare(image.rootArchive(), rootDigest, differences);
        }
        for (var kernelFile : image.manifest().kernelDigests().entrySet()) {
            compare(image.folder().resolve(kernelFile.getKey()), kernelFile.getValue(), differences);
        }
        return List.copyOf(differences);
    }

    static void compress(Path tar, Path zst) throws IOException {
        try (var out = new ZstdOutputStream(Files.newOutputStream(zst))) {
            Files.copy(tar, out);
        }
    }

    private static void compare(Path file, String expected, List<String> differences) throws IOException {
        if (!Files.exists(file)) {
            differences.add(file.getFileName() + " is missing");
            return;
        }
        String actual = Digests.ofFile(file);
        if (!actual.equals(expected)) {
            differences.add(file.getFileName() + " has SHA-256 " + actual + ", its manifest says " + expected);
        }
    }
}
