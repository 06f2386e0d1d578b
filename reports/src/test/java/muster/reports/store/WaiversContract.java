package muster.reports.store;

import static muster.reports.store.Samples.CELL;
import static muster.reports.store.Samples.MIDNIGHT;
import static muster.reports.store.Samples.fail;
import static muster.reports.store.Samples.night;
import static muster.reports.store.Samples.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import muster.reports.FurtherInformation;
import muster.reports.FurtherInformation.Resolution;
import muster.reports.Outcome;
import muster.reports.RecordedWaiver;
import muster.reports.RecordedWaiver.Withdrawal;
import muster.reports.ResultStore;
import muster.reports.Scope;
import muster.reports.Waived;
import muster.reports.Waiver;
import muster.reports.Waiver.Kind;
import muster.reports.Waivers;
import muster.reports.view.CaseLine;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people say of results, on every engine alike. */
abstract class WaiversContract {

    private static final LocalDate DAY = LocalDate.ofInstant(MIDNIGHT, ZoneOffset.UTC);

    abstract ResultStore store();

    private Waivers waivers() {
        return store().waivers();
    }

    @Test
    void whatIsRecordedIsReadAsItWas() {
        Waiver waiver = new Waiver(
                new Scope("a*", CELL.suite(), "1.5", null, List.of("debian-*", "other")),
                Kind.MINOR_FAULT,
                "known",
                "bug 7",
                "Ada",
                DAY,
                DAY.plusDays(3));
        RecordedWaiver added = waivers().add(waiver, "Grace", MIDNIGHT);
        assertThat(added).isEqualTo(new RecordedWaiver(added.number(), waiver, "Grace", MIDNIGHT, null, null));
        assertThat(waivers().all()).containsExactly(added);
    }

    @Test
    void aFailureIsWaivedInRunsFromItsRecordToItsExpiry() throws IOException {
        waivers().add(waiver("*", DAY), "Ada", MIDNIGHT.plusMillis(1));
        assertThat(waived(night(store(), fail("a"))).count()).isZero();
        waivers().add(waiver("a", DAY), "Ada", MIDNIGHT);
        long run = night(store(), fail("a"), fail("b"), pass("aa"));
        Waived waived = waived(run);
        assertThat(waived.holding()).containsOnlyKeys("a");
        assertThat(waived.expired()).isEmpty();
    }

    @Test
    void anExpiredWaiverSaysThatItsFailureCountsAgain() throws IOException {
        waivers().add(waiver("a", DAY.minusDays(1)), "Ada", MIDNIGHT.minusSeconds(90_000));
        Waived waived = waived(night(store(), fail("a")));
        assertThat(waived.count()).isZero();
        assertThat(waived.expired()).containsOnlyKeys("a");
    }

    @Test
    void whatIsWithdrawnHoldsNoMoreAndOnce() throws IOException {
        RecordedWaiver added = waivers().add(waiver("a", DAY), "Ada", MIDNIGHT.minusSeconds(9));
        waivers().withdraw(added.number(), new Withdrawal("Grace", MIDNIGHT, "mended"));
        assertThat(waived(night(store(), fail("a"))).count()).isZero();
        assertThatThrownBy(() -> waivers().withdraw(added.number(), new Withdrawal("Grace", MIDNIGHT, "again")))
                .hasMessageContaining("withdrawn already");
        assertThatThrownBy(() -> waivers().withdraw(99, new Withdrawal("Grace", MIDNIGHT, "none")))
                .hasMessageContaining("cannot find waiver 99");
    }

    @Test
    void filesAreImportedOnceAndWhatLeavesThemIsWithdrawn() {
        Waiver first = waiver("a", DAY);
        Waiver second = waiver("b", DAY);
        waivers().importFiles(Map.of("w.yaml", List.of(first, second)), MIDNIGHT);
        waivers().importFiles(Map.of("w.yaml", List.of(first, second)), MIDNIGHT.plusSeconds(1));
        assertThat(waivers().all()).extracting(RecordedWaiver::waiver).containsExactly(first, second);
        waivers().importFiles(Map.of("w.yaml", List.of(second)), MIDNIGHT.plusSeconds(2));
        assertThat(waivers().all())
                .extracting(
                        each -> each.withdrawn() == null ? "" : each.withdrawn().reason())
                .containsExactly("it stands no longer in w.yaml", "");
        assertThatThrownBy(() -> waivers().withdraw(2, new Withdrawal("Grace", MIDNIGHT, "by hand")))
                .hasMessageContaining("take it out of w.yaml");
    }

    @Test
    void furtherInformationIsOpenUntilItIsDecidedAndAgainWhenItBeginsAnew() throws IOException {
        night(store(), fip("a"), pass("b"));
        long second = night(store(), fip("a"));
        FurtherInformation open = waivers().furtherInformation().getFirst();
        assertThat(open.name()).isEqualTo("a");
        assertThat(open.message()).isEqualTo("look at this");
        assertThat(open.sinceRun()).isEqualTo(second - 1);
        assertThat(open.resolution()).isNull();

        Resolution resolution = new Resolution(Verdict.PASS, "it is as it should be", "Ada", MIDNIGHT);
        waivers().resolve(CELL, "a", resolution);
        assertThat(waivers().furtherInformation())
                .singleElement()
                .extracting(FurtherInformation::resolution)
                .isEqualTo(resolution);
        assertThatThrownBy(() -> waivers().resolve(CELL, "a", resolution)).hasMessageContaining("Ada has decided PASS");
        assertThatThrownBy(() -> waivers().resolve(CELL, "b", resolution)).hasMessageContaining("it is not FIP");

        night(store(), pass("a"));
        assertThat(waivers().furtherInformation()).isEmpty();
        night(store(), fip("a"));
        assertThat(waivers().furtherInformation())
                .singleElement()
                .extracting(FurtherInformation::resolution)
                .isNull();
    }

    @Test
    void aCellIsBadWhereFurtherInformationWasDecidedFailAndNotWherePass() throws IOException {
        long first = night(store(), fip("a"), fip("b"), pass("c"));
        assertThat(outcome(first)).isEqualTo(Outcome.PASSED);
        waivers().resolve(CELL, "b", new Resolution(Verdict.PASS, "it is as it should be", "Ada", MIDNIGHT));
        assertThat(outcome(first)).isEqualTo(Outcome.PASSED);

        waivers().resolve(CELL, "a", new Resolution(Verdict.FAIL, "that is no date", "Grace", MIDNIGHT));
        assertThat(outcome(first)).isEqualTo(Outcome.FAILED);
        assertThat(store().history().cell(first, CELL).orElseThrow().line().why())
                .contains("decided FAIL");
        assertThat(store().history().run(first).orElseThrow().run().outcomes()).containsOnlyKeys(Outcome.FAILED);
        long second = night(store(), fip("a"), fip("b"), pass("c"));
        assertThat(outcome(second)).as("the same information again").isEqualTo(Outcome.FAILED);
        long third = night(store(), pass("a"), fip("b"), pass("c"));
        assertThat(outcome(third)).as("it is gone").isEqualTo(Outcome.PASSED);
        long fourth = night(store(), fip("a"), fip("b"), pass("c"));
        assertThat(outcome(fourth))
                .as("it began anew, and is to be decided anew")
                .isEqualTo(Outcome.PASSED);
        assertThat(outcome(second)).as("what was decided stays").isEqualTo(Outcome.FAILED);
        assertThat(decided(second)).isEqualTo(Map.of("a", Verdict.FAIL, "b", Verdict.PASS));
        assertThat(decided(third)).isEqualTo(Map.of("b", Verdict.PASS));
        assertThat(decided(fourth)).isEqualTo(Map.of("b", Verdict.PASS));
    }

    /** The same is said of the run and of the cell. */
    private Map<String, Verdict> decided(long run) {
        Map<String, Verdict> ofRun = new TreeMap<>();
        waivers()
                .decided(run)
                .getOrDefault(CELL, new TreeMap<>())
                .forEach((name, each) -> ofRun.put(name, each.decision()));
        Map<String, Verdict> ofCell = new TreeMap<>();
        for (CaseLine line : store().history().cell(run, CELL).orElseThrow().cases()) {
            if (line.decided() != null) {
                ofCell.put(line.name(), line.decided().decision());
            }
        }
        assertThat(ofCell).isEqualTo(ofRun);
        return ofRun;
    }

    private Outcome outcome(long run) {
        return java.util.Objects.requireNonNull(
                store().history().cells(run).getFirst().outcome());
    }

    @Test
    void theNamesOfASuiteAreKnown() throws IOException {
        night(store(), pass("a"), fail("b"));
        assertThat(waivers().caseNames(CELL.suite())).containsExactly("a", "b");
        assertThat(waivers().caseNames("never ran")).isEmpty();
    }

    private Waived waived(long run) {
        return waivers().of(run, ZoneOffset.UTC).getOrDefault(CELL, Waived.NOTHING);
    }

    private static CaseResult fip(String name) {
        return new CaseResult(name, Verdict.FIP, "FIP", 102, "look at this", null, 0);
    }

    private static Waiver waiver(String cases, @Nullable LocalDate expires) {
        return new Waiver(
                new Scope(cases, CELL.suite(), null, null, List.of("*")),
                Kind.SUITE_DEFICIENCY,
                "known",
                "",
                "Ada",
                DAY.minusDays(9),
                expires);
    }
}
