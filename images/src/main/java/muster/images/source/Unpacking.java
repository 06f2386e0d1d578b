package muster.images.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import muster.images.Recipe;

/** A small userland: packages are unpacked and their scripts not run, busybox brings it up. */
final class Unpacking implements Making {

    private static final String HOOK = "--extract-hook=";

    /** What Muster's own program in it is run by. */
    private static final String PERL = "perl-base";

    @Override
    public String variant() {
        return "extract";
    }

    @Override
    public List<String> packages() {
        return List.of(PERL);
    }

    @Override
    public List<String> setupHooks() {
        return List.of(
                "--setup-hook=" + GuestFiles.text("setup.sh"), "--setup-hook=" + GuestFiles.text("userland/setup.sh"));
    }

    @Override
    public List<String> hooks(Recipe recipe, Path overlay) {
        String boxes =
                recipe.source() instanceof Recipe.Userland userland ? String.join(" ", userland.commandsOf()) : "";
        String perl = recipe.packages().contains(PERL) ? "shown" : "hidden";
        var hooks = new ArrayList<>(List.of(
                HOOK + "tar-in " + overlay + " /",
                HOOK + "boxes='" + boxes + "' perl=" + perl + "\n" + GuestFiles.text("userland/extract.sh")));
        hooks.addAll(Making.initrd(recipe, HOOK));
        return hooks;
    }

    @Override
    public List<GuestFiles.Added> files() {
        return List.of(
                new GuestFiles.Added("initrd/init", "usr/lib/muster/initrd", 0755),
                new GuestFiles.Added("userland/boot", "usr/lib/muster/boot", 0755),
                new GuestFiles.Added("userland/dropbear", "usr/lib/muster/dropbear", 0755),
                new GuestFiles.Added("guest/seed", "usr/lib/muster/seed", 0755),
                new GuestFiles.Added("userland/inittab", "etc/inittab", 0644),
                new GuestFiles.Added("guest/fstab", "etc/fstab", 0644));
    }

    @Override
    public List<String> scripts() {
        return List.of("setup.sh", "userland/setup.sh", "userland/extract.sh", "initrd.sh", "mke2fs.conf");
    }
}
