package muster.orchestrator.guest.qemu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import muster.images.FileLocks;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.guest.NotResumed;
import muster.orchestrator.guest.TemplateSpace;
import muster.orchestrator.guest.sandbox.Leftovers;
import muster.orchestrator.home.Folders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The templates of a home: a folder each, whole or not there at all, named by their keys. Beside them lie a lock for each,
 * held while it is made ({@code KEY.lock}), the folder in which that is done ({@code KEY.new}), and why there is none for an
 * image that cannot have one ({@code KEY.none}). All of it is of one boot of the host: the next one begins with nothing.
 */
final class TemplateStore {

    private static final Logger LOG = LoggerFactory.getLogger(TemplateStore.class);
    private static final String UNFINISHED = ".new";
    private static final String LOCK = ".lock";
    private static final String NONE = ".none";
    private static final String BOOT = "boot";

    private final TemplateSpace space;
    private final Clock clock;
    private final Map<String, String> distrusted = new HashMap<>();
    private final Map<Path, Integer> pinned = new HashMap<>();

    TemplateStore(TemplateSpace space, Clock clock) {
        this.space = space;
        this.clock = clock;
    }

    /** Makes a template. */
    @FunctionalInterface
    interface Making {
        /**
         * @param work a folder for whatever is needed, there and empty
         * @param template where its files are to lie in the end, not there yet
         */
        void make(Path work, Path template) throws NotResumed, FarmFailed, IOException, InterruptedException;
    }

    /** A template that stays until this is closed; then it stays as long as a guest that was resumed from it runs. */
    record Use(Template template, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /** How much memory templates may have together. */
    long memoryBytes() {
        return space.memoryBytes();
    }

    /** The template of a key, made where there is none. */
    Use obtain(TemplateKey key, long memoryBytes, Making making) throws NotResumed, InterruptedException {
        refuseDistrusted(key);
        try {
            Optional<Use> there = find(key);
            if (there.isPresent()) {
                return there.get();
            }
            Files.createDirectories(space.folder());
            forgetEarlierBoots();
            Optional<FileLocks.Held> lock = FileLocks.tryAcquire(beside(key, LOCK));
            if (lock.isEmpty()) {
                throw new NotResumed("its template is just being made");
            }
            try (FileLocks.Held _ = lock.get()) {
                // Another may have made it since it was looked for.
                Optional<Use> since = find(key);
                return since.isPresent() ? since.get() : made(key, memoryBytes, making);
            }
        } catch (FarmFailed | IOException | UncheckedIOException failed) {
            endIfInterrupted(failed);
            distrust(key, String.valueOf(failed.getMessage()));
            throw new NotResumed("its template could not be made: " + failed.getMessage());
        }
    }

    /** What fails because its thread is to stop says nothing about a template. */
    static void endIfInterrupted(Exception failed) throws InterruptedException {
        if (Thread.interrupted()) {
            InterruptedException interrupted = new InterruptedException("interrupted: " + failed.getMessage());
            interrupted.initCause(failed);
            throw interrupted;
        }
    }

    /** From now on this process does without that template, and it is gone. */
    synchronized void distrust(TemplateKey key, String why) {
        LOG.warn("template {} is no good: {}", key.digest(), why);
        distrusted.put(key.digest(), why);
        Folders.delete(folder(key));
    }

    /** Ends and removes what makers that died have left. */
    void cleanUp() throws IOException {
        for (Path unfinished : entries(UNFINISHED)) {
            String name = unfinished.getFileName().toString();
            String digest = name.substring(0, name.length() - UNFINISHED.length());
            Optional<FileLocks.Held> lock = FileLocks.tryAcquire(beside(new TemplateKey(digest), LOCK));
            if (lock.isPresent()) {
                try (FileLocks.Held _ = lock.get()) {
                    remove(unfinished);
                }
            }
        }
    }

    private Use made(TemplateKey key, long memoryBytes, Making making)
            throws NotResumed, FarmFailed, IOException, InterruptedException {
        Path none = beside(key, NONE);
        if (Files.exists(none)) {
            throw new NotResumed(Files.readString(none));
        }
        makeRoom(memoryBytes);
        Path work = beside(key, UNFINISHED);
        remove(work);
        Files.createDirectory(work);
        try {
            Path template = work.resolve("template");
            making.make(work, template);
            Folders.delete(folder(key));
            Files.move(template, folder(key), StandardCopyOption.ATOMIC_MOVE);
            LOG.info("template {} is made", key.digest());
            return find(key).orElseThrow(() -> new IOException("it is gone at once"));
        } catch (NotResumed refused) {
            if (refused.isLasting()) {
                Files.writeString(none, refused.why());
            }
            throw refused;
        } finally {
            remove(work);
        }
    }

    private synchronized void refuseDistrusted(TemplateKey key) throws NotResumed {
        String why = distrusted.get(key.digest());
        if (why != null) {
            throw new NotResumed("its template " + key.digest() + " is no good: " + why);
        }
    }

    private synchronized Optional<Use> find(TemplateKey key) throws IOException {
        Optional<Template> template = Template.read(folder(key));
        if (template.isEmpty()) {
            return Optional.empty();
        }
        if (!template.get().isSound()) {
            LOG.warn("template {} was changed since it was made, and is made anew", key.digest());
            Folders.delete(folder(key));
            return Optional.empty();
        }
        template.get().use(clock.instant());
        Path folder = template.get().folder();
        pinned.merge(folder, 1, Integer::sum);
        return Optional.of(new Use(template.get(), () -> unpin(folder)));
    }

    private synchronized void unpin(Path folder) {
        pinned.computeIfPresent(folder, (path, count) -> count == 1 ? null : count - 1);
    }

    /** Removes those that were used longest ago, and that nobody uses now. */
    private synchronized void makeRoom(long memoryBytes) throws NotResumed, IOException {
        List<Template> there = new ArrayList<>();
        for (Path folder : entries("")) {
            if (Files.isDirectory(folder)) {
                Template.read(folder).ifPresent(there::add);
            }
        }
        Map<Template, Long> used = new HashMap<>();
        for (Template template : there) {
            used.put(template, template.usedAt().toMillis());
        }
        there.sort(Comparator.comparing(used::get));
        long taken =
                there.stream().mapToLong(each -> each.facts().memoryBytes()).sum();
        for (Template template : there) {
            if (taken + memoryBytes <= space.memoryBytes()) {
                return;
            }
            if (!pinned.containsKey(template.folder()) && !Leftovers.isShown(template.folder())) {
                LOG.info(
                        "template {} of {} gives way",
                        template.name(),
                        template.facts().image());
                Folders.delete(template.folder());
                taken -= template.facts().memoryBytes();
            }
        }
        if (taken + memoryBytes > space.memoryBytes()) {
            throw new NotResumed(
                    "there is no room for its template: templates may hold %d MB (templates: memory in farm.yaml)"
                                    .formatted(space.memoryBytes() >> 20)
                            + (taken == 0 ? "" : ", and %d MB are in use".formatted(taken >> 20)));
        }
    }

    /** What each takes that nobody uses now, nor has since a moment. */
    synchronized List<Long> unused(Instant since, boolean remove) throws IOException {
        List<Long> bytes = new ArrayList<>();
        for (Path folder : entries("")) {
            Optional<Template> template = Files.isDirectory(folder) ? Template.read(folder) : Optional.empty();
            if (template.isPresent()
                    && template.get().usedAt().toInstant().isBefore(since)
                    && !pinned.containsKey(folder)
                    && !Leftovers.isShown(folder)) {
                bytes.add(Folders.size(folder));
                if (remove) {
                    LOG.info("template {} was long not used", template.get().name());
                    Folders.delete(folder);
                }
            }
        }
        return bytes;
    }

    private synchronized void forgetEarlierBoots() throws IOException {
        Path note = space.folder().resolve(BOOT);
        String now = HostProcess.hostBoot();
        if (Files.exists(note) && Files.readString(note).equals(now)) {
            return;
        }
        for (Path entry : entries("")) {
            Folders.delete(entry);
        }
        Files.writeString(note, now);
    }

    private static void remove(Path unfinished) {
        if (Files.exists(unfinished)) {
            Leftovers.end(unfinished);
            Folders.delete(unfinished);
        }
    }

    private List<Path> entries(String ending) throws IOException {
        if (!Files.isDirectory(space.folder())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(space.folder())) {
            return all.filter(each -> each.getFileName().toString().endsWith(ending))
                    .toList();
        }
    }

    private Path folder(TemplateKey key) {
        return space.folder().resolve(key.digest());
    }

    private Path beside(TemplateKey key, String ending) {
        return space.folder().resolve(key.digest() + ending);
    }
}
