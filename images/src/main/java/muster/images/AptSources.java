package muster.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads apt's source lists: {@code sources.list}, {@code sources.list.d/*.list} (one source a line) and
 * {@code sources.list.d/*.sources} (paragraphs of fields), as sources.list(5) describes them.
 */
final class AptSources {

    private static final Pattern LINE =
            Pattern.compile("deb\\s+(?:\\[(?<options>[^]]*)]\\s*)?(?<uri>\\S+)\\s+(?<suite>\\S+)(?<components>.*)");
    private static final Pattern SIGNED_BY = Pattern.compile("(?i)(?:^|\\s)signed-by=(\\S+)");

    private AptSources() {}

    /**
     * All enabled sources fetched over HTTP, in the order in which apt reads them.
     *
     * @param folder apt's configuration folder, {@code /etc/apt}; what is missing in it is no error
     */
    static List<AptSource> read(Path folder) throws IOException {
        var sources = new ArrayList<AptSource>();
        Path list = folder.resolve("sources.list");
        if (Files.isReadable(list)) {
            sources.addAll(lines(Files.readString(list)));
        }
        Path parts = folder.resolve("sources.list.d");
        if (Files.isDirectory(parts)) {
            try (Stream<Path> files = Files.list(parts)) {
                for (Path file : files.filter(Files::isReadable).sorted().toList()) {
                    if (file.toString().endsWith(".list")) {
                        sources.addAll(lines(Files.readString(file)));
                    } else if (file.toString().endsWith(".sources")) {
                        sources.addAll(paragraphs(Files.readString(file)));
                    }
                }
            }
        }
        sources.removeIf(
                source -> !source.uri().startsWith("http://") && !source.uri().startsWith("https://"));
        return List.copyOf(sources);
    }

    private static List<AptSource> lines(String text) {
        var sources = new ArrayList<AptSource>();
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line.replaceFirst("#.*", "").strip());
            if (matcher.matches()) {
                String options = matcher.group("options");
                Matcher signedBy = SIGNED_BY.matcher(options == null ? "" : options);
                sources.add(new AptSource(
                        withoutSlash(matcher.group("uri")),
                        List.of(matcher.group("suite")),
                        words(matcher.group("components")),
                        signedBy.find() ? signedBy.group(1) : ""));
            }
        }
        return sources;
    }

    private static List<AptSource> paragraphs(String text) {
        var sources = new ArrayList<AptSource>();
        String withoutComments = text.replaceAll("(?m)^#.*\\R?", "");
        for (String paragraph : withoutComments.split("\\R[ \\t]*\\R", -1)) {
            Map<String, String> fields = fields(paragraph);
            if (!words(fields.getOrDefault("types", "")).contains("deb")
                    || isNo(fields.getOrDefault("enabled", "yes"))) {
                continue;
            }
            for (String uri : words(fields.getOrDefault("uris", ""))) {
                sources.add(new AptSource(
                        withoutSlash(uri),
                        words(fields.getOrDefault("suites", "")),
                        words(fields.getOrDefault("components", "")),
                        fields.getOrDefault("signed-by", "")));
            }
        }
        return sources;
    }

    private static Map<String, String> fields(String paragraph) {
        var fields = new LinkedHashMap<String, String>();
        String name = "";
        for (String line : paragraph.lines().toList()) {
            int colon = line.indexOf(':');
            if (!line.isEmpty() && Character.isWhitespace(line.charAt(0))) {
                fields.merge(name, line.strip(), (before, more) -> before + " " + more);
            } else if (colon > 0) {
                name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                fields.put(name, line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    /** Whether apt takes a word for false. */
    static boolean isNo(String word) {
        return List.of("no", "false", "without", "off", "disable", "0")
                .contains(word.strip().toLowerCase(Locale.ROOT));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String withoutSlash(String uri) {
        return uri.replaceFirst("/+$", "");
    }
}
