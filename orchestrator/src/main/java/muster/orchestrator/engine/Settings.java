package muster.orchestrator.engine;

import java.util.Locale;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.guest.lxc.LxcOptions;
import muster.orchestrator.guest.qemu.QemuOptions;
import muster.orchestrator.guest.uml.UmlOptions;
import muster.orchestrator.run.WarmPool;
import muster.testsuites.RunnerSettings;

/** What the farm's configuration means to those who do not know it. */
final class Settings {

    private Settings() {}

    static UmlOptions uml(FarmConfig config) {
        FarmConfig.Uml uml = config.uml();
        return new UmlOptions(
                uml.seccomp(),
                uml.raid6(),
                uml.suite(),
                uml.archive(),
                config.ceilings().console(),
                config.ceilings().disk());
    }

    static QemuOptions qemu(FarmConfig config) {
        FarmConfig.Qemu qemu = config.qemu();
        return new QemuOptions(
                QemuOptions.Choice.valueOf(qemu.accelerator().toUpperCase(Locale.ROOT)),
                qemu.machine(),
                qemu.cpu(),
                qemu.translation(),
                qemu.suite(),
                qemu.archive(),
                config.ceilings().console(),
                config.ceilings().disk());
    }

    static LxcOptions lxc(FarmConfig config) {
        return new LxcOptions(
                LxcOptions.PROCESSES,
                config.ceilings().console(),
                config.ceilings().disk());
    }

    static WarmPool.Rules pool(FarmConfig config) {
        FarmConfig.Pool pool = config.pool();
        return new WarmPool.Rules(pool.guests(), pool.memoryBytes(), pool.age());
    }

    static RunnerSettings runner(FarmConfig config) {
        RunnerSettings usual = RunnerSettings.DEFAULT;
        FarmConfig.Ceilings ceilings = config.ceilings();
        return new RunnerSettings(
                usual.suites(),
                usual.attempts(),
                usual.patience(),
                usual.pause(),
                new RunnerSettings.Ceilings(
                        ceilings.journal(), ceilings.log(), usual.ceilings().artefacts(), ceilings.artefacts()));
    }
}
