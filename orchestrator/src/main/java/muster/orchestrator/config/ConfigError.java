package muster.orchestrator.config;

import java.util.List;
import java.util.stream.Collectors;

/** What a person wrote cannot be used. Holds every mistake that was found, in the order of the places; never none. */
public final class ConfigError extends Exception {

    private final transient List<ConfigProblem> problems;

    public ConfigError(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<ConfigProblem> problems() {
        return problems;
    }
}
