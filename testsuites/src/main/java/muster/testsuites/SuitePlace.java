package muster.testsuites;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a suite's files are in a guest, and how they get there.
 *
 * @param path of the suite's folder in the guest
 * @param mark what its {@code .muster-prepared} says there, or null where that is not looked at
 * @param files what is brought where the guest has it not, or null where it has to be there
 */
record SuitePlace(
        String path, @Nullable String mark, @Nullable Path files) {

    /** The exit status that tells that the guest's image was prepared for another suite or version, or for none. */
    static final int NOT_PREPARED = 74;

    static final String MARKER = ".muster-prepared";

    /** What its {@link #MARKER} says in a guest that has a variant of a suite. */
    static String mark(Suite suite, Suite.Variant variant) {
        return suite.digest() + " " + variant.name();
    }

    void pack(Parcel parcel) throws IOException {
        if (files != null) {
            parcel.put(files, Parcel.fresh(path));
            parcel.put(Words.bytes(mark + "\n"), Parcel.fresh(path) + MARKER);
        }
    }

    /** The guest's command by which the suite's folder, which is {@code $s}, is as it has to be. */
    String settled() {
        if (mark == null) {
            return ":";
        }
        String known = "{ read -r is <\"$s/" + MARKER + "\" && [ \"$is\" = " + Words.quoted(mark) + " ]; } 2>/dev/null";
        if (files == null) {
            return known + " || exit " + NOT_PREPARED;
        }
        return known + " || { { [ ! -e \"$s\" ] || rm -rf \"$s\"; } && mv \"$s.new\" \"$s\"; } || exit 1";
    }

    SuiteRefused notPrepared() {
        return new SuiteRefused("cannot start suite " + path.substring(path.lastIndexOf('/') + 1)
                + ": the guest's image was not prepared for it as it is now; build the prepared image anew");
    }
}
