package muster.images;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process that obtains an image and stops half way: until the file named second exists, when it goes on. */
final class Builder {

    private Builder() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path signal = Path.of(arguments[1]);
        var on = new StoreFixture(folder);
        on.source.midway = () -> new Tools()
                .run(new Tools.Call(
                        List.of("sh", "-c", "echo $$ >started; while [ ! -e " + signal + " ]; do sleep 0.05; done"),
                        signal.getParent(),
                        signal.resolveSibling("log")));
        on.obtain(StoreFixture.daily());
        Files.writeString(signal.resolveSibling("done"), "");
    }

    static Process start(Path folder, Path signal) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Builder.class.getName(),
                        folder.toString(),
                        signal.toString())
                .redirectErrorStream(true)
                .redirectOutput(signal.resolveSibling("builder.log").toFile())
                .start();
    }
}
