package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.images.BaseImage;
import muster.images.Manifest;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.home.JsonFile;
import muster.orchestrator.matrix.Cell;

/** Everything that could explain a result, by dotted name; kept in the attempt's folder from the boot on. */
record Provenance(SortedMap<String, String> facts, SortedMap<String, String> packages) {

    private static final String FILE = "provenance.json";

    static Provenance of(Cell cell, BaseImage from, Guest guest, Map<String, String> farm) {
        Manifest image = from.manifest();
        SortedMap<String, String> facts = new TreeMap<>(farm);
        facts.putAll(guest.provenance());
        facts.put("image.name", from.name());
        facts.put("image.disk", image.diskDigest());
        facts.put("image.inputs", image.inputs());
        facts.put("image.recipe", image.recipeDigest());
        facts.put("image.built", image.builtAt().toString());
        String parent = image.parent();
        if (parent != null) {
            facts.put("image.parent", parent);
        }
        facts.put("suite.digest", cell.suite().digest());
        facts.put("suite.user", cell.suite().user());
        String runCase = cell.suite().commands().runCase();
        if (runCase != null) {
            facts.put("suite.run-case", runCase);
        }
        if (!cell.suite().version().isEmpty()) {
            facts.put("suite.version", cell.suite().version());
        }
        facts.put("guest.memory", Long.toString(cell.guest().memoryBytes()));
        facts.put("guest.cpus", Integer.toString(cell.guest().cpus()));
        if (cell.guest().strict()) {
            facts.put("guest.strict", "true");
        }
        facts.put("guest.network", cell.guest().network().word());
        facts.put("limits.boot", cell.limits().boot().toString());
        facts.put("limits.suite", cell.limits().suite().toString());
        facts.put("limits.silence", cell.limits().silence().toString());
        String onlyCase = cell.onlyCase();
        if (onlyCase != null) {
            facts.put("suite.case", onlyCase);
        }
        cell.environment().forEach((name, value) -> facts.put("environment." + name, value));
        return new Provenance(facts, image.packages());
    }

    /** With one more fact, unless there is nothing to say. */
    Provenance with(String name, String value) {
        if (!value.isEmpty()) {
            facts.put(name, value);
        }
        return this;
    }

    void write(Path folder) throws IOException {
        JsonFile.write(folder.resolve(FILE), this);
    }

    /** What is known of an attempt; nothing where it never had a guest. */
    static Provenance read(Path folder) throws IOException {
        return JsonFile.read(folder.resolve(FILE), Provenance.class)
                .orElseGet(() -> new Provenance(new TreeMap<>(), new TreeMap<>()));
    }
}
