package muster.images.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import muster.images.Recipe;

/** A whole distribution: packages are installed as its own installer does, systemd brings it up. */
final class Installing implements Making {

    private static final String HOOK = "--customize-hook=";

    @Override
    public String variant() {
        return "minbase";
    }

    @Override
    public List<String> packages() {
        return List.of();
    }

    @Override
    public List<String> setupHooks() {
        return List.of("--setup-hook=" + GuestFiles.text("setup.sh"));
    }

    @Override
    public List<String> hooks(Recipe recipe, Path overlay) {
        var hooks = new ArrayList<>(List.of(HOOK + "tar-in " + overlay + " /", HOOK + GuestFiles.text("customize.sh")));
        hooks.addAll(Making.initrd(recipe, HOOK));
        return hooks;
    }

    @Override
    public List<GuestFiles.Added> files() {
        return List.of(
                new GuestFiles.Added("initrd/init", "usr/lib/muster/initrd", 0755),
                new GuestFiles.Added("guest/seed", "usr/lib/muster/seed", 0755),
                new GuestFiles.Added("guest/muster-seed.service", "etc/systemd/system/muster-seed.service", 0644),
                new GuestFiles.Added("guest/muster-ready.service", "etc/systemd/system/muster-ready.service", 0644),
                new GuestFiles.Added("guest/muster-renew.service", "etc/systemd/system/muster-renew.service", 0644),
                new GuestFiles.Added("guest/fstab", "etc/fstab", 0644));
    }

    @Override
    public List<String> scripts() {
        return List.of("setup.sh", "customize.sh", "initrd.sh", "mke2fs.conf");
    }
}
