package muster.orchestrator.upkeep;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import muster.orchestrator.run.Results;
import muster.reports.Retention;
import muster.reports.Site;

/** Journals, logs, consoles and artefacts, by the farm's rules. */
public record KeptFiles(Results results, Retention.Rules rules, Path report) implements Collector {

    @Override
    public String kind() {
        return "files";
    }

    @Override
    public Found collect(Instant now, boolean dryRun) throws IOException, InterruptedException {
        Retention retention = results.store().retention();
        if (dryRun) {
            Retention.Plan plan = retention.plan(rules, now);
            return found(plan, Site.forgettable(report, plan.attempts(), now));
        }
        Retention.Plan plan = results.whileNothingIsKept(() -> retention.prune(rules, now));
        return found(plan, Site.forget(report, plan.attempts(), now));
    }

    private static Found found(Retention.Plan plan, long copies) {
        return new Found(plan.files(), plan.bytes() + copies);
    }
}
