package muster.reports.store;

import java.time.Instant;
import java.time.LocalDate;
import muster.reports.RecordedWaiver;
import muster.reports.RecordedWaiver.Withdrawal;
import muster.reports.Scope;
import muster.reports.Waiver;

/** Waivers to and from an archive. */
final class ArchivedWaivers {

    private ArchivedWaivers() {}

    static ArchiveFormat.Waiver of(RecordedWaiver recorded) {
        Waiver waiver = recorded.waiver();
        Scope scope = waiver.scope();
        LocalDate expires = waiver.expires();
        Withdrawal withdrawn = recorded.withdrawn();
        return new ArchiveFormat.Waiver(
                scope.cases(),
                scope.suite(),
                scope.from(),
                scope.to(),
                scope.distributions(),
                waiver.kind().word(),
                waiver.reason(),
                waiver.reference(),
                waiver.owner(),
                waiver.since().toString(),
                expires == null ? null : expires.toString(),
                recorded.author(),
                recorded.at().toEpochMilli(),
                recorded.file(),
                withdrawn == null
                        ? null
                        : new ArchiveFormat.Withdrawal(
                                withdrawn.author(), withdrawn.at().toEpochMilli(), withdrawn.reason()));
    }

    /** @throws RuntimeException when it is no waiver */
    static Waiver of(ArchiveFormat.Waiver said) {
        String expires = said.expires();
        return new Waiver(
                new Scope(said.cases(), said.suite(), said.from(), said.to(), said.distributions()),
                Waiver.Kind.ofWord(said.kind()),
                said.reason(),
                said.reference(),
                said.owner(),
                LocalDate.parse(said.since()),
                expires == null ? null : LocalDate.parse(expires));
    }

    static Withdrawal of(ArchiveFormat.Withdrawal said) {
        return new Withdrawal(said.author(), Instant.ofEpochMilli(said.at()), said.reason());
    }
}
