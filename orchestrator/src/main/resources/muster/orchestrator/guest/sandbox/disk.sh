# Watches from outside of a sandbox what it takes of the host's disk: the size of a sparse file is no measure of that, so no
# limit of the kernel's fits. Past the ceiling nothing that has the clone open writes to files any more; the guest sees a disk that fails.
# Ends with the sandbox. Standard output gets a sentence once the disk is cut. For bash, which waits without a child.
# Arguments: the sandbox's mark, which every child has on its command line too, as a file that there is not; process 1 of the sandbox; its folder; its ceiling; the least that stays free beside it. Sizes in KiB.
set -u
export LC_ALL=C
mark=$0 first=$1 ceiling=$3 least=$4
exec 8<"$2" 9<> <(:)
box=/proc/self/fd/8 # wherever the guest's folder is moved to

cut_disk() {
  for process in /proc/[0-9]*; do
    [ "$process/root/box" -ef "$box" ] || continue
    for open in "$process"/fd/*; do
      for clone in "$box"/clone.*; do
        [ "$open" -ef "$clone" ] && prlimit --pid "${process#/proc/}" --fsize=0 && continue 3
      done
    done
  done
  echo "the guest's disk takes no more writes since $1"
}

# A disk that writes a gigabyte in a second is a quick one.
await_growth() {
  pause=$((left / 1048576))
  read -r -t $((pause < 1 ? 1 : pause > 10 ? 10 : pause)) -u 9
}

left=$ceiling # a clone begins with nothing, while its guest needs the host's processors for itself
await_growth
while [ "/proc/$first/root/box" -ef "$box" ]; do
  taken=$(du -sk "$box/" "$mark" 2>/dev/null)
  taken=${taken%%[!0-9]*}
  free=$(df -Pk "$box" "$mark" 2>/dev/null | { read -r _; read -r _ _ _ free _; echo "$free"; })
  left=$((ceiling - ${taken:-0}))
  if [ "$left" -le 0 ]; then
    cut_disk "its clone took $((taken / 1024)) MB of the host's disk, its ceiling"
    exit 0
  fi
  if [ "${free:-$least}" -lt "$least" ]; then
    cut_disk "the host's disk has only $((free / 1024)) MB left"
    exit 0
  fi
  await_growth
done
