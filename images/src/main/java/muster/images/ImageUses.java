package muster.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Who uses an image: one small file in the image's folder for each user, naming that user's folder. */
final class ImageUses {

    private static final String FOLDER = "users";
    private static final int NAME_DIGITS = 16;

    private ImageUses() {}

    /** Marks an image; marking twice for the same user is once. */
    static DiskClone mark(BaseImage image, Path user) throws IOException {
        String path = user.toAbsolutePath().normalize().toString();
        Path users = Files.createDirectories(image.folder().resolve(FOLDER));
        Path marker = users.resolve(Digests.ofTexts(List.of(path)).substring(0, NAME_DIGITS));
        Path part = users.resolve(marker.getFileName() + ".part");
        Files.writeString(part, path);
        Files.move(part, marker, StandardCopyOption.ATOMIC_MOVE);
        return new DiskClone(image, user, marker);
    }

    /** Whether any user's folder is still there; the marks of those that are gone are not counted. */
    static boolean inUse(BaseImage image) throws IOException {
        Path users = image.folder().resolve(FOLDER);
        if (!Files.exists(users)) {
            return false;
        }
        try (Stream<Path> markers = Files.list(users)) {
            for (Path marker : markers.toList()) {
                if (!marker.toString().endsWith(".part")
                        && Files.exists(Path.of(new String(Files.readAllBytes(marker), StandardCharsets.UTF_8)))) {
                    return true;
                }
            }
        }
        return false;
    }
}
