# Run by mmdebstrap when all packages are installed; $1 is the root of the new system. Makes the initial memory disk of
# the distribution's kernel: the system's own busybox, the modules of the devices that guests have, and initrd/init. The
# distribution's own tool makes one ten times as large, which looks for hardware that no guest has.
set -eu

set -- "$1" "$(cd "$1/usr/lib/modules" && echo *)"
tree=$1/boot/initrd
mkdir "$tree" "$tree/bin" "$tree/dev" "$tree/modules" "$tree/proc" "$tree/root"
cp "$1/usr/lib/muster/initrd" "$tree/init"
cp "$1/usr/bin/busybox" "$tree/bin/busybox"
for applet in insmod mount poweroff sh sleep switch_root umount; do
    ln -s busybox "$tree/bin/$applet"
done

# modprobe names each module after those it needs, and again for each that needs it.
chroot "$1" modprobe --set-version "$2" --all --show-depends virtio_pci virtio_mmio virtio_blk virtio_net virtio_rng ext4 |
    sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++' >"$tree/modules/paths"
while read -r path; do
    module=${path##*/}
    case $module in
    *.ko.xz) chroot "$1" busybox xzcat "$path" >"$tree/modules/${module%.xz}" ;;
    *.ko) cp "$1$path" "$tree/modules/" ;;
    *)
        echo "no way is known to unpack $path" >&2
        exit 1
        ;;
    esac
done <"$tree/modules/paths"
sed 's|.*/||; s|\.xz$||' "$tree/modules/paths" >"$tree/modules/order"
rm "$tree/modules/paths"

# Uncompressed: a guest's emulated processor takes longer to decompress it than the host to hand it over.
chroot "$1" sh -c 'cd /boot/initrd && find . | busybox cpio --quiet -o -H newc >"../initrd.img-$1"' sh "$2"
rm -r "$tree"
