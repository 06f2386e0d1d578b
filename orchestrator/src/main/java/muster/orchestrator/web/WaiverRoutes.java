package muster.orchestrator.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import muster.reports.RecordedWaiver;
import muster.reports.Role;
import muster.reports.Scope;
import muster.reports.Waiver;
import org.jspecify.annotations.Nullable;

/** What people accept. */
final class WaiverRoutes {

    private final Held held;

    WaiverRoutes(Held held) {
        this.held = held;
    }

    List<Route> routes() {
        return List.of(
                Route.get(HomeApi.API + "/waivers", Role.READER, this::list),
                Route.post(HomeApi.API + "/waivers", Role.OPERATOR, "waive", this::add));
    }

    /**
     * A waiver to be recorded, from today on.
     *
     * @param cases a name, in which * stands for any characters
     * @param distributions patterns; empty for all
     * @param kind its word
     * @param expires the last day, as 2026-11-21, or null for one that is permanent
     */
    record WaiverRequest(
            String cases,
            String suite,
            List<String> distributions,
            String kind,
            String reason,
            String reference,
            String owner,
            @Nullable String expires) {}

    /** A waiver as it was recorded. */
    record WaiverLine(
            long number,
            String cases,
            String where,
            String kind,
            String reason,
            String owner,
            String since,
            @Nullable String expires,
            String author,
            Instant recordedAt,
            boolean withdrawn) {

        static WaiverLine of(RecordedWaiver recorded) {
            Waiver waiver = recorded.waiver();
            LocalDate expires = waiver.expires();
            return new WaiverLine(
                    recorded.number(),
                    waiver.scope().cases(),
                    waiver.scope().where(),
                    waiver.kind().word(),
                    waiver.reason(),
                    waiver.owner(),
                    waiver.since().toString(),
                    expires == null ? null : expires.toString(),
                    recorded.author(),
                    recorded.at(),
                    recorded.withdrawn() != null);
        }
    }

    private void list(Context request) {
        Answers.json(
                request,
                held.store().waivers().all().stream().map(WaiverLine::of).toList());
    }

    private void add(Context request) {
        WaiverRequest asked = Answers.body(request, WaiverRequest.class);
        Gate.subject(request, asked.cases() + " of " + asked.suite());
        RecordedWaiver added = add(held, asked, Asker.of(request).name());
        request.status(HttpStatus.CREATED);
        Answers.json(request, WaiverLine.of(added));
    }

    /** @throws IllegalArgumentException with a message for people */
    static RecordedWaiver add(Held held, WaiverRequest asked, String author) {
        List<String> where = asked.distributions().isEmpty() ? List.of("*") : asked.distributions();
        Scope scope = new Scope(asked.cases(), asked.suite(), null, null, where);
        if (held.store().waivers().caseNames(asked.suite()).stream().noneMatch(scope::names)) {
            throw new IllegalArgumentException("cannot waive '" + asked.cases() + "': no case of " + asked.suite()
                    + " that was ever seen has this name");
        }
        Waiver waiver = new Waiver(
                scope,
                kind(asked.kind()),
                asked.reason(),
                asked.reference(),
                asked.owner(),
                LocalDate.ofInstant(held.clock().instant(), held.zone()),
                day(asked.expires()));
        return held.store().waivers().add(waiver, author, held.clock().instant());
    }

    private static Waiver.Kind kind(String word) {
        for (Waiver.Kind kind : Waiver.Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("cannot find a kind of waiver '" + word + "'");
    }

    private static @Nullable LocalDate day(@Nullable String word) {
        try {
            return word == null || word.isEmpty() ? null : LocalDate.parse(word);
        } catch (java.time.format.DateTimeParseException none) {
            throw new IllegalArgumentException(
                    "cannot read the day '" + word + "': expected one such as 2026-11-21", none);
        }
    }
}
