package muster.testsuites.format;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import muster.testsuites.ResultFormat;

/** Every format that a suite can name, in the order in which they are listed. */
public final class ResultFormats {
    private static final SequencedMap<String, ResultFormat> FORMATS = listed(
            new ToyboxFormat(),
            new PosixFormat(),
            new TetFormat(),
            new TapFormat(),
            new ProveFormat(),
            new KtapFormat(),
            new JunitFormat(),
            new PanFormat(),
            new KirkFormat(),
            new AutopkgtestFormat(),
            new DejagnuFormat(),
            new XfstestsFormat(),
            new RegrtestFormat(),
            new ExitStatusFormat());

    private ResultFormats() {}

    private static SequencedMap<String, ResultFormat> listed(ResultFormat... formats) {
        SequencedMap<String, ResultFormat> byName = new LinkedHashMap<>();
        Stream.of(formats).forEach(format -> byName.put(format.name(), format));
        return byName;
    }

    /** The format that {@code suite.yaml} calls so. */
    public static Optional<ResultFormat> named(String name) {
        return Optional.ofNullable(FORMATS.get(name));
    }

    /** Those that a journal which begins so could be of: one, where it can be told. */
    public static List<ResultFormat> like(String beginning) {
        return FORMATS.values().stream()
                .filter(format -> format.looksLike(beginning))
                .toList();
    }

    /** All their names. */
    public static Collection<String> names() {
        return FORMATS.sequencedKeySet();
    }
}
