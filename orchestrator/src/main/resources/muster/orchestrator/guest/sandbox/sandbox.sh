# Process 1 of a guest's sandbox: console, SSH socket and what runs the guest. When it ends, the host's kernel ends all that
# is in the sandbox. Standard output is the guest's console, standard error the sandbox's own log.
# Arguments: the console's ceiling in blocks of 512 bytes; a command that runs the guest, whose output is the console and
# in which the guest's SSH server appears at 127.0.0.1:2222.
set -u
ceiling=$1
shift
ulimit -c 0

mkfifo /tmp/console
keep_console "$ceiling" </tmp/console &
console=$!

trap '' XFSZ
( ulimit -f 128; exec socat UNIX-LISTEN:/box/ssh.sock,fork,mode=600 TCP:127.0.0.1:2222 ) >/dev/null &
trap - XFSZ

"$@" >/tmp/console 2>&1
status=$?
# What the kernel said last is on its way through the pipe.
( sleep 2; kill "$console" ) &
wait "$console"
exit "$status"
