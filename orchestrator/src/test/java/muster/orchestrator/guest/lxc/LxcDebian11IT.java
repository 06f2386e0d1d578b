package muster.orchestrator.guest.lxc;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same with Debian 11, whose systemd is older: 247. */
@EnabledIfSystemProperty(named = "muster.full", matches = "true", disabledReason = "runs with ./muster verify --full")
class LxcDebian11IT extends LxcDriverIT {

    @Override
    String distribution() {
        return "debian-11";
    }
}
