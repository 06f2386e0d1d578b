package muster.orchestrator.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.guest.FakeDriver;
import muster.orchestrator.guest.Requirement;
import org.junit.jupiter.api.Test;

class DoctorTest {

    private final ScriptedHost host = new ScriptedHost();
    private final FakeDriver driver = new FakeDriver();
    private final List<String> told = new ArrayList<>();

    @Test
    void aDriverIsSetUpAfresh() throws Exception {
        Finding finding = new DriverCheck(driver, host).look();
        assertThat(finding).isEqualTo(Finding.fine("runs guests here: SSH servers in this process"));
        assertThat(driver.forgottenAndSetUp()).containsExactly(1, 1);
    }

    @Test
    void aDriverThatDoesNotWorkSaysWhyAndWhichPackagesItLacks() throws Exception {
        driver.cannotBeSetUp("cannot run guests on fake here: there is no fake-machine");
        driver.requires(new Requirement("bwrap", "bubblewrap"), new Requirement("fake-machine", "fake-machines"));
        host.programs.add("bwrap");
        Finding finding = new DriverCheck(driver, host).look();
        assertThat(finding.sentence()).isEqualTo("cannot run guests on fake here: there is no fake-machine");
        assertThat(finding.mend()).isEqualTo("apt-get install --no-install-recommends -y fake-machines");
    }

    @Test
    void oneDriverThatWorksIsEnough() throws Exception {
        FakeDriver broken = new FakeDriver();
        broken.cannotBeSetUp("cannot");
        broken.requires(new Requirement("fake-machine", "fake-machines"));
        Examination examination = doctor(List.of(), List.of(broken, driver));
        assertThat(examination.healthy()).isTrue();
        assertThat(examination.packages()).containsExactly("fake-machines");
        assertThat(told).containsExactly("begins driver fake", "degraded", "begins driver fake", "fine");
    }

    @Test
    void withoutAnyDriverRunsAreNotPossible() throws Exception {
        driver.cannotBeSetUp("cannot");
        Examination examination = doctor(List.of(), List.of(driver));
        assertThat(examination.healthy()).isFalse();
        assertThat(examination.looks().getLast().finding().sentence()).isEqualTo("no driver runs guests here");
    }

    @Test
    void whatIsBrokenMakesRunsImpossibleThoughADriverWorks() throws Exception {
        assertThat(doctor(List.of(new SubordinateIdsCheck(host)), List.of(driver))
                        .healthy())
                .isFalse();
        host.user = "root";
        assertThat(doctor(List.of(new SubordinateIdsCheck(host)), List.of(driver))
                        .healthy())
                .isTrue();
    }

    private Examination doctor(List<Check> checks, List<FakeDriver> drivers) throws InterruptedException {
        List<Check> ofDrivers =
                drivers.stream().<Check>map(each -> new DriverCheck(each, host)).toList();
        return new Doctor(checks, ofDrivers, host).examine(new Doctor.Listener() {
            @Override
            public void begins(Check check) {
                told.add("begins " + check.name());
            }

            @Override
            public void ended(Examination.Look look) {
                told.add(look.finding().standing().word());
            }
        });
    }
}
