# Runs a guest in its sandbox: the network, then the kernel.
# Arguments: the network's options; the kernel's command line.
set -u
network=$1
shift

vde_plug "slirp:///$network" ptp:///tmp/network >/dev/null &

# vde_plug says nothing when it cannot listen: look for the port, 2222 in hex, in the list of sockets.
waited=0
until [ -S /tmp/network ] && grep -q ' 0100007F:08AE ' /proc/net/tcp; do
  waited=$((waited + 1))
  if [ "$waited" -gt 1000 ]; then
    echo "cannot start the network: vde_plug does not listen after 20 s" >&2
    exit 1
  fi
  sleep 0.02
done

exec linux.uml "$@"
