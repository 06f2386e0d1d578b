package muster.orchestrator.guest.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.NotResumed;
import muster.orchestrator.guest.Templating;
import muster.orchestrator.guest.sandbox.SandboxFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes templates of guests on QEMU and resumes guests from them. */
final class QemuTemplates implements Templating {

    private static final Logger LOG = LoggerFactory.getLogger(QemuTemplates.class);

    private final Machines machines;
    private final TemplateStore store;

    /** The machine that is known to work here. */
    @FunctionalInterface
    interface Machines {
        QemuMachine get() throws FarmFailed, InterruptedException;
    }

    QemuTemplates(Machines machines, TemplateStore store) {
        this.machines = machines;
        this.store = store;
    }

    @Override
    public String description() {
        return "resumed from templates, which may hold %d MB (templates: memory in farm.yaml)"
                .formatted(store.memoryBytes() >> 20);
    }

    @Override
    public Guest resume(GuestSpec spec, FirstBoot first) throws NotResumed, InterruptedException {
        if (spec.writeThrough() || !spec.disk().equals(spec.image().disk())) {
            throw new NotResumed("it has a disk of its own");
        } else if (Boolean.FALSE.equals(spec.image().manifest().renews())) {
            throw NotResumed.lasting(notRenewed(spec));
        }
        QemuMachine machine;
        TemplateKey key;
        try {
            machine = machines.get();
            key = key(spec, machine);
        } catch (FarmFailed | IOException e) {
            throw new NotResumed("it cannot be told which template it has: " + e.getMessage());
        }
        try (TemplateStore.Use use =
                store.obtain(key, spec.memoryBytes(), (work, template) -> make(machine, spec, first, work, template))) {
            return resume(machine, spec, key, use.template());
        }
    }

    private Guest resume(QemuMachine machine, GuestSpec spec, TemplateKey key, Template template)
            throws NotResumed, InterruptedException {
        try {
            return machine.start(spec, new Launch.Resumed(template));
        } catch (FarmFailed failed) {
            TemplateStore.endIfInterrupted(failed);
            store.distrust(key, String.valueOf(failed.getMessage()));
            throw new NotResumed(
                    "it could not be resumed from the template " + key.digest() + ": " + failed.getMessage());
        }
    }

    @Override
    public void distrust(GuestSpec spec, String why) throws InterruptedException {
        try {
            store.distrust(key(spec, machines.get()), why);
        } catch (FarmFailed | IOException e) {
            LOG.warn("cannot tell which template {} was resumed from: {}", spec.label(), e.getMessage());
        }
    }

    @Override
    public List<Long> unused(Instant since, boolean remove) throws IOException {
        return store.unused(since, remove);
    }

    @Override
    public void cleanUp() throws IOException {
        store.cleanUp();
    }

    private static TemplateKey key(GuestSpec spec, QemuMachine machine) throws IOException {
        return TemplateKey.of(spec, machine.command(), machine.proven());
    }

    private static String notRenewed(GuestSpec spec) {
        return "its image " + spec.image().name() + " does not know how to take another identity while it runs";
    }

    /** Boots a guest in a folder of its own, and stops it for good once it answers and all that its boot began is done. */
    private static void make(QemuMachine machine, GuestSpec like, FirstBoot first, Path work, Path template)
            throws NotResumed, FarmFailed, IOException, InterruptedException {
        Files.createDirectory(template);
        GuestSpec spec = new GuestSpec(
                "the template of " + like.label(),
                like.image(),
                false,
                like.disk(),
                work,
                like.memoryBytes(),
                like.cpus(),
                first.seed());
        LOG.info("{}: booting its template", like.label());
        try (Guest guest = machine.start(spec, new Launch.Making(template))) {
            first.await(guest);
            Path box = SandboxFolder.of(work).box();
            if (!Renewal.isKnown(box.resolve(QemuCommand.RENEWAL))) {
                throw NotResumed.lasting(notRenewed(like));
            }
            MachineState.save(box, template.resolve(Template.STATE));
        }
        Template.seal(
                template,
                like.image().name(),
                like.memoryBytes(),
                machine.clock().instant());
    }
}
