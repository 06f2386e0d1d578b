package muster.orchestrator.config;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import muster.reports.Scope;
import muster.reports.Waiver;
import org.jspecify.annotations.Nullable;

/** Reads one file of waivers, or of expectations. */
final class AcceptanceReader {

    private final Set<String> suites;
    private final Set<String> distributions;
    private final Problems problems = new Problems();

    AcceptanceReader(Installation installation) throws ConfigError {
        this.suites = new TreeSet<>(installation.suiteFiles().keySet());
        this.distributions = new TreeSet<>(installation.recipeFiles().keySet());
    }

    List<Acceptances.Placed> waivers(ConfigFile.Source source) throws ConfigError {
        List<Acceptances.Placed> waivers = new ArrayList<>();
        for (Section section : ConfigFile.read(Schema.WAIVERS, source).root().sections("waivers")) {
            Optional<Scope> scope = scope(section);
            Optional<LocalDate> since = day(section.text("since"));
            Optional<LocalDate> expires = section.optional("expires").flatMap(this::day);
            Waiver.Kind kind = Waiver.Kind.ofWord(section.string("kind"));
            if (scope.isEmpty() || since.isEmpty() || expires.isEmpty() == section.has("expires")) {
                continue;
            }
            @Nullable LocalDate last = expires.orElse(null);
            Optional<String> complaint = Waiver.complaint(kind, since.get(), last);
            if (complaint.isPresent()) {
                problems.add(
                        section.keyPlace("expires"),
                        complaint.get(),
                        "a day within " + Waiver.MOST_MONTHS + " months, or the kind "
                                + Waiver.Kind.PERMANENT_INTERPRETATION.word());
                continue;
            }
            waivers.add(new Acceptances.Placed(
                    new Waiver(
                            scope.get(),
                            kind,
                            section.string("reason").strip(),
                            section.optionalString("reference").orElse(""),
                            section.string("owner"),
                            since.get(),
                            last),
                    section.text("cases").place()));
        }
        problems.throwIfAny();
        return waivers;
    }

    List<Expectation> expectations(ConfigFile.Source source) throws ConfigError {
        List<Expectation> expectations = new ArrayList<>();
        for (Section section :
                ConfigFile.read(Schema.EXPECTATIONS, source).root().sections("expectations")) {
            scope(section)
                    .ifPresent(scope -> expectations.add(new Expectation(
                            scope,
                            section.string("reason").strip(),
                            section.optionalString("reference").orElse(""),
                            section.text("cases").place())));
        }
        problems.throwIfAny();
        return expectations;
    }

    private Optional<Scope> scope(Section section) {
        Text suite = section.text("suite");
        boolean known = suites.contains(suite.value());
        if (!known) {
            problems.addUnknown(suite.place(), "suite", suite.value(), suites);
        }
        for (Text pattern : section.texts("distributions")) {
            if (distributions.stream().noneMatch(each -> Scope.matches(pattern.value(), each))) {
                problems.addUnknown(pattern.place(), "distribution", pattern.value(), distributions);
                known = false;
            }
        }
        Section versions = section.optionalSection("versions").orElse(section.empty());
        try {
            return known
                    ? Optional.of(new Scope(
                            section.string("cases"),
                            suite.value(),
                            versions.optionalString("from").orElse(null),
                            versions.optionalString("to").orElse(null),
                            section.strings("distributions")))
                    : Optional.empty();
        } catch (IllegalArgumentException wrong) {
            problems.add(section.keyPlace("versions"), String.valueOf(wrong.getMessage()), "the earlier one first");
            return Optional.empty();
        }
    }

    private Optional<LocalDate> day(Text text) {
        try {
            return Optional.of(LocalDate.parse(text.value()));
        } catch (DateTimeException wrong) {
            problems.add(text.place(), "there is no day " + Words.quoted(text.value()), "a day as year-month-day");
            return Optional.empty();
        }
    }
}
