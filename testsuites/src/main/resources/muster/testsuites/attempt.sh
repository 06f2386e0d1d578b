#!/bin/sh
# The guest's side of one attempt: runs a suite's script detached, lets its output be followed, stops it.
# POSIX sh, for busybox too. Lies in the attempt's folder beside:
#   settings   what to run, for whom, in which environment (written by SuiteRunner)
#   begun/     made by whoever runs the script: made once, so the script runs once
#   boot pid   the guest's boot and the process that runs the script, when it began
#   journal log subjects artefacts/   what the script writes
#   manifest   what a script that lists cases printed, where that was asked for
#   stopped    why the script was stopped, where it was
#   status     the script's exit status and the guest's boot: written last, all output is whole then
#   following.FILE   the process that follows FILE at the moment
# Usage: sh attempt.sh VERB [ARGUMENTS]; 70 to 79 are its own exit statuses, see SuiteRunner.

attempt=$(cd "${0%/*}" && pwd) || exit 70
self="$attempt/attempt.sh"
. "$attempt/settings" || exit 70 # user, folder, script, work and the function in_environment

readonly RUNNING=71 REBOOTED=72 KILLED=73

boot() {
  cat /proc/sys/kernel/random/boot_id
}

# Runs this file's verb $1 as the suite's user.
as_user() {
  if [ "$user" = "$(id -un)" ]; then
    sh "$self" "$1"
  elif setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups true 2>/dev/null; then
    setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups sh "$self" "$1"
  else
    su -s /bin/sh "$user" -c "exec sh '$self' $1"
  fi
}

# Ends every process of the script, also those that fled into sessions of their own.
end_processes() {
  [ "$user" = "$(id -un)" ] || as_user kill_all >/dev/null 2>&1
  for round in 1 2 3 4 5; do
    left=$(grep -lF "MUSTER_JOURNAL=$attempt/journal" /proc/[0-9]*/environ 2>/dev/null)
    [ -n "$left" ] || return 0
    for environ in $left; do
      process=${environ#/proc/}
      kill -9 "${process%/environ}" 2>/dev/null
    done
  done
}

# Prints how it stands; the exit status is 0 when the script has ended.
state() {
  alive=no
  # A dead process may stand in /proc for a while, until it is waited for.
  [ -s "$attempt/pid" ] && grep -q '^State:.[^ZX]' "/proc/$(cat "$attempt/pid")/status" 2>/dev/null && alive=yes
  [ -s "$attempt/boot" ] && [ "$(cat "$attempt/boot")" != "$(boot)" ] && alive=rebooted
  if [ -s "$attempt/status" ]; then
    return 0
  elif [ $alive = rebooted ]; then
    return $REBOOTED
  elif [ $alive = no ] && [ -s "$attempt/pid" ]; then
    return $KILLED
  fi
  return $RUNNING
}

case $1 in
  launch)
    if ! id -u "$user" >/dev/null 2>&1; then
      echo "the guest has no user $user" >&2
      exit 70
    elif [ ! -f "$folder/$script" ]; then
      echo "there is no file $folder/$script" >&2
      exit 70
    fi
    # What the command substitution waits for is that `go` has closed its standard output.
    if command -v setsid >/dev/null 2>&1; then
      : "$(setsid sh "$self" go </dev/null 2>>"$attempt/log" &)"
    else
      : "$(sh "$self" go </dev/null 2>>"$attempt/log" &)"
    fi
    [ -s "$attempt/pid" ] || { tail -n 3 "$attempt/log" >&2; exit 70; }
    ;;

  go)
    mkdir "$attempt/begun" 2>/dev/null || exit 0
    trap '' HUP
    trap 'exit 0' TERM # the guest goes down: without a status this is not taken for an end
    cd "$attempt" || exit 70
    : >journal && : >subjects && mkdir -p artefacts || exit 70
    rm -rf "$work" && mkdir -p "$work" || exit 70
    chmod 755 "$attempt" "$work"
    chown "$user" journal subjects artefacts "$work" || exit 70
    boot >boot
    echo $$ >pid.new && mv pid.new pid
    exec >>log 2>&1
    as_user script
    status=$?
    cd "$attempt" || exit 70
    [ $status -le 128 ] || sleep 1 # killed: by a guest that goes down? Then this process is next
    end_processes
    echo "$status $(boot)" >status.new && mv status.new status
    for follower in following.*; do
      # It may come and go meanwhile, and what is said here would stand in the log.
      [ -s "$follower" ] && kill "$(cat "$follower" 2>/dev/null)" 2>/dev/null
    done
    exit 0
    ;;

  script) # as the suite's user
    cd "$work" || exit 70
    # A background process of sh ignores some signals, and so would all that it starts.
    if env --default-signal true 2>/dev/null; then
      in_environment env --default-signal "$folder/$script" </dev/null
    else
      in_environment "$folder/$script" </dev/null
    fi
    exit
    ;;

  kill_all) # as the suite's user, who is not root
    [ "$(id -u)" -ne 0 ] && kill -9 -1
    ;;

  list) # what the script prints becomes the file manifest, whole or not at all
    { rm -rf "$work" && mkdir -p "$work" && chmod 755 "$attempt" "$work" && chown "$user" "$work"; } || exit 70
    as_user script </dev/null >"$attempt/manifest.new"
    status=$?
    [ $status -ne 0 ] || mv "$attempt/manifest.new" "$attempt/manifest"
    exit $status
    ;;

  follow) # FILE FROM: the file from that byte on (from 1), until the script has ended
    following="$attempt/following.$2"
    [ -s "$following" ] && kill "$(cat "$following")" 2>/dev/null
    state
    now=$?
    [ $now -eq $RUNNING ] || exit $now
    [ -e "$attempt/$2" ] || exit $RUNNING
    tail -c "+$3" -f "$attempt/$2" &
    tail=$!
    echo $tail >"$following.$$" && mv "$following.$$" "$following"
    [ -s "$attempt/status" ] && kill $tail 2>/dev/null
    wait $tail 2>/dev/null
    [ "$(cat "$following" 2>/dev/null)" != $tail ] || rm -f "$following"
    state
    ;;

  rest) # FILE FROM: what the file holds from that byte on
    exec tail -c "+$3" "$attempt/$2"
    ;;

  state)
    state
    now=$?
    [ ! -s "$attempt/status" ] || sed 's/^/status /' "$attempt/status"
    [ ! -s "$attempt/stopped" ] || sed 's/^/stopped /' "$attempt/stopped"
    for file in journal log; do
      [ ! -e "$attempt/$file" ] || echo "$file $(wc -c <"$attempt/$file")"
    done
    exit $now
    ;;

  stop) # WHY: the script is ended, unless it has ended by itself
    if [ ! -s "$attempt/status" ] && [ ! -s "$attempt/stopped" ]; then
      echo "$2" >"$attempt/stopped.new" && mv "$attempt/stopped.new" "$attempt/stopped"
    fi
    [ -s "$attempt/status" ] || end_processes
    state
    ;;

  artefacts) # the names of at most $2 files, one a line
    cd "$attempt/artefacts" && find . -type f | head -n "$2"
    ;;

  *)
    exit 70
    ;;
esac
