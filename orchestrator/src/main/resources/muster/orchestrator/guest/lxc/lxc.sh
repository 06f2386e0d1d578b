# Process 1 of what a container lives in: a process space and a mount space of its own, so that all processes, mounts and loop
# devices of the guest end with it. Standard output is the guest's console, standard error the log.
# Arguments: the container's name; the console's ceiling in blocks of 512 bytes; the guest's folder; the disk; clone or through; the host's id of the
# guest's root; how many ids it has; the clone's size in bytes; the program that shifts owners; files of cgroups to go into.
set -u
name=$1 ceiling=$2 folder=$3 disk=$4 way=$5 first=$6 count=$7 size=$8 shift_owners=$9
shift 9
ulimit -S -c 0
ulimit -S -n 1024
umask 022
PATH=$PATH:/usr/sbin:/sbin

fail() {
  echo "$*" >&2
  exit 1
}

# Who this is, while /proc is the host's.
read -r stat </proc/self/stat
echo "$stat" >"$folder/box/first"
for processes; do
  echo 0 >"$processes" || fail "cannot go into $processes"
done
mount -t proc proc /proc || fail 'cannot mount /proc'

# All mounts lie below a folder that the container's root may pass through, as the guest's own mostly is not.
mount -t tmpfs -o mode=711 muster /var/lib/lxc && cd /var/lib/lxc || fail 'cannot mount /var/lib/lxc'
mkdir box base shifted upper root
mount --bind "$folder/box" box || fail "cannot mount $folder/box"
cp "$folder/seed.img" seed && chown "$first:$first" seed || fail 'cannot hand over the seed'

mkfifo console
keep_console "$ceiling" <console &
console=$!
exec 3>console

end() {
  exec 3>&-
  # What was said last is on its way through the pipe.
  ( sleep 2; kill "$console" ) &
  wait "$console"
  exit "$1"
}

if ! blkid -p -s TYPE "$disk" >/dev/null; then
  printf 'muster: cannot mount the root file system: no file system on the disk\n' >&3
  : >box/unbootable
  end 1
fi

# A loop device that shows the same file is used again, and may go away in that moment.
mount_disk() { mount "$@" 2>/dev/null || { sleep 0.1; mount "$@"; }; }

if [ "$way" = through ]; then
  mount_disk -o loop "$disk" base || fail "cannot mount $disk"
  perl -e "$shift_owners" base root "$first" "$count" || exit 1
else
  mount_disk -o loop,ro "$disk" base || fail "cannot mount $disk"
  perl -e "$shift_owners" base shifted "$first" "$count" || exit 1
  # The clone has a size of its own; what is thrown away with the guest need not reach the host's disk.
  clone=$folder/box/clone.img
  truncate -s "$size" "$clone" \
    && mke2fs -q -F -t ext4 -m 0 -O ^has_journal -E lazy_itable_init=1,nodiscard "$clone" \
    && mount_disk -o loop,nobarrier "$clone" upper \
    && mkdir upper/files upper/work && chown "$first:$first" upper/files || fail 'cannot make a clone'
  mount -t overlay -o lowerdir=shifted,upperdir=upper/files,workdir=upper/work,volatile overlay root \
    || fail 'cannot mount the clone'
fi

mkfifo events
exec 4<>events

# Where newuidmap is found, LXC would ask it for ids, which it has only for those in /etc/subuid.
(
  PATH=/usr/sbin:/sbin /usr/bin/lxc-start --foreground --close-all-fds --name "$name" --rcfile box/lxc.conf --logfile none
  echo "ended $?" >&4
) 3>&- &

# The guest's SSH server, seen from the host.
show_ssh() {
  nsenter --target "$1" --net socat UNIX-LISTEN:box/ssh.sock,fork,mode=600 TCP:127.0.0.1:22 </dev/null >/dev/null 2>&1
}

# Says so when the guest's first program has ended and LXC has not seen it, as may be where that was killed before it began:
# pidfd_open(2), and a wait for its end.
watch() {
  # Whoever kills this, the guest has not ended with it.
  until perl -e 'my $fd = syscall(434, $ARGV[0] + 0, 0); vec(my $ends = "", $fd, 1) = 1; select($ends, undef, undef, undef) if $fd >= 0' "$1"; do
    sleep 1
  done
  sleep 2
  echo 'ended unseen' >&4
}

while read -r event value <&4; do
  case $event in
  init)
    show_ssh "$value" 3>&- 4>&- &
    watch "$value" 3>&- &
    mkdir box/made
    ;;
  ended)
    status=$value
    break
    ;;
  esac
done
[ "$status" = 0 ] || printf '\nmuster: the container has ended with status %s\n' "$status" >&3
umount root
[ "$way" = clone ] || umount base || echo "cannot unmount $disk" >&2
[ "$status" = 0 ]
end "$?"
