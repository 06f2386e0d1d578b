package muster.orchestrator.guest.lxc;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same with Debian 13, whose systemd is newer, and knows cgroups of version 2 alone: 257. */
@EnabledIfSystemProperty(named = "muster.full", matches = "true", disabledReason = "runs with ./muster verify --full")
class LxcDebian13IT extends LxcDriverIT {

    @Override
    String distribution() {
        return "debian-13";
    }
}
