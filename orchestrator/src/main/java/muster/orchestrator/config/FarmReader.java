package muster.orchestrator.config;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import muster.reports.Retention;
import org.jspecify.annotations.Nullable;

/** Reads the farm's files. */
final class FarmReader {

    private static final String AUTO = "auto";

    private FarmReader() {}

    private static @Nullable LocalTime time(String word) {
        return word.equals("off") ? null : LocalTime.parse(word);
    }

    /**
     * @param sources each laid over the ones before
     * @param drivers all drivers that there are
     */
    static FarmConfig read(List<ConfigFile.Source> sources, Set<String> drivers) throws ConfigError {
        Section root = ConfigFile.read(Schema.FARM, sources, Map.of()).root();
        Problems problems = new Problems();
        Section guest = root.section("guest");
        for (Text driver : guest.texts("driver")) {
            if (!drivers.contains(driver.value())) {
                problems.addUnknown(driver.place(), "driver", driver.value(), drivers);
            }
        }
        ZoneId zone = TimeZones.read(root.text("zone"), "system", ZoneId.systemDefault(), problems);
        Section notify = root.section("notify");
        SequencedMap<String, Channel> channels = ChannelReader.read(notify, problems);
        problems.throwIfAny();
        Section pool = root.section("pool");
        Section limits = root.section("limits");
        Section ceilings = root.section("ceilings");
        Section uml = root.section("drivers").section("uml");
        Section keep = root.section("keep");
        Section store = root.section("store");
        Section qemu = root.section("drivers").section("qemu");
        Section web = root.section("web");
        String memory = root.string("memory");
        String cpus = root.string("cpus");
        String templates = root.section("templates").string("memory");
        return new FarmConfig(
                new FarmConfig.Share(
                        memory.equals(AUTO) ? null : (Long) Sizes.parse(memory),
                        cpus.equals(AUTO) ? null : (Double) root.number("cpus"),
                        templates.equals(AUTO) ? null : (Long) Sizes.parse(templates)),
                new FarmConfig.Guest(guest.size("memory"), guest.whole("cpus"), guest.strings("driver")),
                new FarmConfig.Limits(
                        limits.duration("boot"),
                        limits.duration("suite"),
                        limits.duration("silence"),
                        limits.section("retries").whole("infrastructure")),
                new FarmConfig.Ceilings(
                        ceilings.size("journal"),
                        ceilings.size("log"),
                        ceilings.size("console"),
                        ceilings.size("artefacts"),
                        ceilings.size("disk")),
                new Retention.Rules(keep.whole("days"), keep.whole("runs"), keep.whole("failed-days")),
                root.stringsByName("mirrors"),
                new FarmConfig.Uml(uml.flag("seccomp"), uml.flag("raid6"), uml.string("suite"), uml.string("archive")),
                new FarmConfig.Qemu(
                        qemu.string("accelerator"),
                        qemu.string("machine"),
                        qemu.string("cpu"),
                        qemu.size("translation"),
                        qemu.string("suite"),
                        qemu.string("archive")),
                new FarmConfig.Store(
                        store.optionalString("url").orElse(null),
                        store.optionalString("user").orElse(null),
                        store.optionalString("password-file").orElse(null)),
                new FarmConfig.Notify(
                        notify.optionalString("pages")
                                .map(pages -> pages.replaceAll("/+$", ""))
                                .orElse(null),
                        channels),
                FarmConfig.Web.of(web.string("listen"), web.strings("names")),
                zone,
                new FarmConfig.Pool(pool.whole("guests"), pool.size("memory"), pool.duration("age")),
                new FarmConfig.Upkeep(
                        FarmConfig.Room.of(root.section("disk").string("least")),
                        time(root.section("upkeep").string("at"))));
    }
}
