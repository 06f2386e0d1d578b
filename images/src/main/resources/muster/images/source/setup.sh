# Run by mmdebstrap before any package is there; $1 is the root of the new system. /bin and the like are links into /usr,
# as Debian's own installer has made them since Debian 10.
set -eu

for folder in bin lib lib64 sbin; do
    mkdir -p "$1/usr/$folder"
    ln -s "usr/$folder" "$1/$folder"
done
