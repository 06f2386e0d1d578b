# Run by mmdebstrap when all packages are installed; $1 is the root of the new system.
set -eu

chroot "$1" useradd --create-home --uid 1000 --user-group --shell /bin/sh tester
install -d -m 700 "$1/root/.ssh"
chroot "$1" systemctl --quiet enable muster-seed.service muster-ready.service muster-renew.service

# Only root comes in, by a key. What PAM does besides, reading its modules and composing a message of the day, takes an
# emulated guest a third of a second each time.
install -d -m 755 "$1/etc/ssh/sshd_config.d"
echo 'UsePAM no' >"$1/etc/ssh/sshd_config.d/muster.conf"

# Every clone gets its own host key and machine-id. An empty machine-id is filled at boot without counting as a first boot.
rm -f "$1"/etc/ssh/ssh_host_*
: >"$1/etc/machine-id"

# What belongs to the build and not to the distribution.
rm -f "$1/etc/apt/apt.conf.d/99mmdebstrap" "$1/etc/dpkg/dpkg.cfg.d/99mmdebstrap"
: >"$1/etc/resolv.conf"

# Since Debian 13 systemd does at the first boot what the packages' own scripts have already done (ldconfig, users,
# catalogues), unless this notes that it is done.
if [ -e "$1/usr/lib/systemd/systemd-update-done" ]; then
    chroot "$1" /usr/lib/systemd/systemd-update-done
fi
