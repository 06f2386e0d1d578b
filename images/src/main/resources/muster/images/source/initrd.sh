# Run by mmdebstrap when all packages are there; $1 is the root of the new system. Makes the initial memory disk of the
# distribution's kernel: the system's own busybox, the modules of the devices that guests have, and initrd/init. What the
# distributions' own tools make is several times as large and looks for hardware that no guest has.
set -eu

set -- "$1" "$(cd "$1/usr/lib/modules" && echo *)"
modules=$1/usr/lib/modules/$2
[ -e "$modules/modules.dep" ] || chroot "$1" /usr/bin/busybox depmod "$2"
tree=$1/boot/initrd
mkdir "$tree" "$tree/bin" "$tree/dev" "$tree/modules" "$tree/proc" "$tree/root"
cp "$1/usr/lib/muster/initrd" "$tree/init"
cp "$1/usr/bin/busybox" "$tree/bin/busybox"
for applet in insmod mount poweroff sh sleep switch_root umount; do
    ln -s busybox "$tree/bin/$applet"
done

# Prints the paths of the modules, each after those that it needs. crc32c_generic is what ext4 asks for by another name; it
# is no module of every kernel.
# shellcheck disable=SC2016 # these are awk's
chroot "$1" /usr/bin/busybox awk '
    function name(path) { sub(/.*\//, "", path); sub(/\.ko.*/, "", path); gsub(/-/, "_", path); return path }
    function load(path, part, count) {
        if (path in loaded) return
        loaded[path] = 1
        for (count = split(needs[path], part, " "); count > 0; count--) load(part[count])
        print path
    }
    FILENAME ~ /builtin$/ { builtin[name($0)] = 1; next }
    { path = $1; sub(/:$/, "", path); paths[name(path)] = path; sub(/^[^:]*:/, ""); needs[path] = $0 }
    END {
        count = split("crc32c_generic virtio_pci virtio_mmio virtio_blk virtio_net virtio_rng ext4", wanted, " ")
        for (i = 1; i <= count; i++) {
            if (wanted[i] in paths) load(paths[wanted[i]])
            else if (i > 1 && !(wanted[i] in builtin)) { print "no module " wanted[i] > "/dev/stderr"; exit 1 }
        }
    }' "/usr/lib/modules/$2/modules.builtin" "/usr/lib/modules/$2/modules.dep" >"$tree/modules/paths"
while read -r path; do
    module=${path##*/}
    case $module in
    *.ko.xz) chroot "$1" /usr/bin/busybox xzcat "/usr/lib/modules/$2/$path" >"$tree/modules/${module%.xz}" ;;
    *.ko) cp "$modules/$path" "$tree/modules/" ;;
    *)
        echo "no way is known to unpack $path" >&2
        exit 1
        ;;
    esac
done <"$tree/modules/paths"
sed 's|.*/||; s|\.xz$||' "$tree/modules/paths" >"$tree/modules/order"
rm "$tree/modules/paths"

# Uncompressed: a guest's emulated processor takes longer to decompress it than the host to hand it over.
chroot "$1" /usr/bin/busybox sh -c \
    'cd /boot/initrd && busybox find . | busybox cpio --quiet -o -H newc >"../initrd.img-$1"' sh "$2"
rm -r "$tree"
