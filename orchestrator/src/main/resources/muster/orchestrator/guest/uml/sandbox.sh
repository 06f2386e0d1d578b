# Process 1 of a guest's sandbox: network, SSH socket and kernel. When it ends, the host's kernel ends all that is in the
# sandbox. Standard output is the guest's console, standard error the sandbox's own log.
# Arguments: the console's ceiling in blocks of 512 bytes; the network's options; the kernel's command line.
set -u
ceiling=$1
network=$2
shift 2

# The ceiling is the size that a file may have, so the host's kernel keeps it whatever is printed and how fast.
busybox mkfifo /tmp/console
(
  ulimit -S -f $((ceiling - 1))
  busybox cat 2>/dev/null || {
    ulimit -S -f "$ceiling"
    printf '\nmuster: the console was cut here\n'
    busybox cat >/dev/null
  }
) </tmp/console &
console=$!

trap '' XFSZ
( ulimit -f 128; exec vde_plug "slirp:///$network" ptp:///tmp/network ) >/dev/null &
( ulimit -f 128; exec socat UNIX-LISTEN:/box/ssh.sock,fork,mode=600 TCP:127.0.0.1:2222 ) >/dev/null &
trap - XFSZ

# vde_plug says nothing when it cannot listen: look for the port, 2222 in hex, in the list of sockets.
waited=0
until [ -S /tmp/network ] && busybox grep -q ' 0100007F:08AE ' /proc/net/tcp; do
  waited=$((waited + 1))
  if [ "$waited" -gt 1000 ]; then
    echo "cannot start the network: vde_plug does not listen after 20 s" >&2
    exit 1
  fi
  busybox sleep 0.02
done

linux.uml "$@" >/tmp/console 2>&1
status=$?
# What the kernel said last is on its way through the pipe.
( busybox sleep 2; kill "$console" ) &
wait "$console"
exit "$status"
