package muster.orchestrator.doctor;

import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.Installation;

/** Whether the files that say what runs can be read: farm.yaml, recipes and suites, the program's own and the home's. */
record ConfigurationCheck(Installation installation) implements Check {

    @Override
    public String name() {
        return "configuration";
    }

    @Override
    public Finding look() {
        try {
            installation.farm();
            int recipes = installation.recipes().size();
            int suites = installation.suites().size();
            return Finding.fine(recipes + " distributions and " + suites + " suites can be read");
        } catch (ConfigError wrong) {
            return Finding.broken("cannot read: " + wrong.getMessage(), "correct what is named");
        }
    }
}
