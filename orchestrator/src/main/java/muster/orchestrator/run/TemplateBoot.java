package muster.orchestrator.run;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.Seed;
import muster.orchestrator.guest.Templating;
import muster.orchestrator.ssh.FarmKey;
import muster.orchestrator.ssh.SshShell;

/**
 * The first boot of a template: verified as every guest's. Whoever is resumed from it has all at hand that a first
 * connection needs.
 *
 * @param limit from its start to its first SSH command
 */
record TemplateBoot(FarmKey key, Seed seed, Duration limit, Clock clock) implements Templating.FirstBoot {

    @Override
    public void await(Guest guest) throws IOException, InterruptedException {
        try (SshShell shell = SshShell.connect(guest, seed, key, clock.instant().plus(limit), clock)) {
            Boots.checkNonce(shell, seed);
        }
    }
}
