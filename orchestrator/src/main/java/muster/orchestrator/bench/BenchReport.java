package muster.orchestrator.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a benchmark found, for people and for programs.
 *
 * @param bench its name, as on the command line
 * @param setting what it measured on and with, by name, in the order in which it is shown
 * @param figures what it measured, in the order in which it is shown
 */
public record BenchReport(String bench, SequencedMap<String, String> setting, List<Figures> figures) {

    /** A line for the setting, then one for each figure. */
    public String text() {
        String heading = bench + " ("
                + setting.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", "))
                + ")";
        return figures.stream()
                .map(each -> System.lineSeparator() + "  " + each.line())
                .collect(Collectors.joining("", heading, ""));
    }

    /** One object: {@code bench}, {@code setting}, {@code figures} with name, unit, median, min, max, n and values. */
    public String json() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("bench", bench);
        all.put("setting", setting);
        all.put("figures", figures.stream().map(Figures::forJson).toList());
        return new JsonMapper().writeValueAsString(all);
    }
}
