# Run by mmdebstrap when all packages are unpacked; $1 is the root of the new system, $boxes the programs that are many
# commands in one, by the names of which a command goes to the first that has it, unless a package brought that command.
# Where the userland has no Perl of its own, $perl is "hidden": there is one for Muster's program, which nobody else finds.
set -eu

if [ "$perl" = hidden ]; then
    mv "$1/usr/bin/perl" "$1/usr/lib/muster/perl"
    mv "$1"/usr/lib/*/perl-base "$1/usr/lib/muster/perl-base"
    rm -f "$1"/usr/bin/perl5.*
else
    ln -s /usr/bin/perl "$1/usr/lib/muster/perl"
fi

for deb in "$1"/var/cache/apt/archives/*.deb; do
    dpkg-deb --field "$deb" Package Architecture Version
    printf 'Status: install ok installed\n\n'
done >"$1/var/lib/dpkg/status"

for box in $boxes; do
    case $box in
    busybox) option=--list-full ;;
    toybox) option=--long ;;
    *)
        echo "no way is known to ask $box for its commands" >&2
        exit 1
        ;;
    esac
    chroot "$1" "/usr/bin/$box" $option | tr -s ' ' '\n' >"$1/tmp/commands"
    while read -r path; do
        name=${path##*/}
        case $path in
        *sbin/*) folder=sbin ;;
        *bin/*) folder=bin ;;
        *) continue ;;
        esac
        if [ ! -L "$1/usr/bin/$name" ] && [ ! -e "$1/usr/bin/$name" ] &&
            [ ! -L "$1/usr/sbin/$name" ] && [ ! -e "$1/usr/sbin/$name" ]; then
            ln -s "/usr/bin/$box" "$1/usr/$folder/$name"
        fi
    done <"$1/tmp/commands"
    rm "$1/tmp/commands"
done
ln -sf /usr/bin/busybox "$1/usr/sbin/init"

# What the scripts of base-passwd and of other packages would have made.
cat >"$1/etc/passwd" <<'PASSWD'
root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
tester:x:1000:1000::/home/tester:/bin/sh
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
PASSWD
sed 's/:.*/:*:19000:0:99999:7:::/' "$1/etc/passwd" >"$1/etc/shadow"
chmod 600 "$1/etc/shadow"
cat >"$1/etc/group" <<'GROUP'
root:x:0:
daemon:x:1:
bin:x:2:
adm:x:4:
tty:x:5:
disk:x:6:
users:x:100:
tester:x:1000:
nogroup:x:65534:
GROUP
echo /bin/sh >"$1/etc/shells"
mkdir -p "$1/proc" "$1/sys" "$1/dev" "$1/run"
install -d -m 700 "$1/root" "$1/root/.ssh"
install -d -m 755 "$1/home"
install -d -m 755 "$1/home/tester"
chroot "$1" /usr/bin/busybox chown 1000:1000 /home/tester
chroot "$1" /usr/bin/busybox sh -c 'cd /usr/share/base-files && [ -e /etc/profile ] || cp profile /etc/profile'

# What belongs to the build and not to the system.
: >"$1/etc/resolv.conf"
