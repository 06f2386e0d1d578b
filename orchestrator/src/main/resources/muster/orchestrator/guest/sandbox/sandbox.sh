# Process 1 of a guest's sandbox: console, SSH socket and what runs the guest. When it ends, the host's kernel ends all that
# is in the sandbox. Standard output is the guest's console, standard error the sandbox's own log.
# Arguments: the console's ceiling in blocks of 512 bytes; how many processes there may be; how many KiB each that runs the
# guest may map, or 0; a command that runs the guest, whose output is the console and in which the guest's SSH server
# appears at 127.0.0.1:2222.
set -u
ceiling=$1 processes=$2 address=$3
shift 3
ulimit -c 0

# A host short of memory ends guests before anything else.
echo 500 >/proc/self/oom_score_adj

mkfifo /tmp/console
keep_console "$ceiling" </tmp/console &
console=$!

# A file that is too big fails whoever writes it, and ends nobody.
trap '' XFSZ
( ulimit -f 128; exec socat UNIX-LISTEN:/box/ssh.sock,fork,mode=600 TCP:127.0.0.1:2222 ) >/dev/null &

(
  ulimit -u "$processes" 2>/dev/null || ulimit -p "$processes" # as busybox calls it, and as dash does
  [ "$address" -eq 0 ] || ulimit -v "$address"
  exec "$@"
) >/tmp/console 2>&1
status=$?
# What the kernel said last is on its way through the pipe.
( sleep 2; kill "$console" ) &
wait "$console"
exit "$status"
