# Run by mmdebstrap before any package is there; $1 is the root of the new system. The record of installed packages says
# that what a userland has no use for is there already: tools that make an initial memory disk, an awk beside its own, and a
# package manager.
mkdir -p "$1/var/lib/dpkg"
cat >"$1/var/lib/dpkg/status" <<'STATUS'
Package: muster-userland
Status: install ok installed
Architecture: all
Version: 1
Maintainer: Muster
Description: stands for what is left out
Provides: awk, dpkg (= 999), initramfs-tools (= 999), kmod (= 999), linux-base (= 999), linux-initramfs-tool

STATUS
