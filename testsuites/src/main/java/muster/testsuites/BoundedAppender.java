package muster.testsuites;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Appends to a file, at once, up to a ceiling; what is past it is refused with {@link CeilingReached}. */
final class BoundedAppender extends OutputStream {
    private final FileOutputStream file;
    private final long ceiling;
    private final Runnable onOutput;
    private long size;

    BoundedAppender(Path path, long ceiling, Runnable onOutput) throws IOException {
        this.file = new FileOutputStream(path.toFile(), true);
        this.size = file.getChannel().size();
        this.ceiling = ceiling;
        this.onOutput = onOutput;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int fits = (int) Math.min(length, Math.max(0, ceiling - size));
        file.write(bytes, offset, fits);
        size += fits;
        if (length > 0) {
            onOutput.run();
        }
        if (fits < length) {
            throw new CeilingReached("cannot keep more than " + ceiling + " bytes");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
