#!/bin/sh
# The guest's side of one attempt: runs a suite's script detached, lets its output be followed, stops it.
# POSIX sh, for busybox too. Lies in the attempt's folder beside:
#   settings   what to run, for whom, in which environment (written by SuiteRunner)
#   begun/     made by whoever runs the script: made once, so the script runs once
#   boot pid   the guest's boot and the process that runs the script, when it began
#   journal log subjects artefacts/   what the script writes
#   manifest   what a script that lists cases printed, where that was asked for
#   stopped    why the script was stopped, where it was
#   status     the script's exit status, the guest's boot, and "nothing" where it left neither artefacts nor subjects, in the
#              room that was kept for it: written last, all output is whole then
#   entrance   how the suite's user is become, once that was found out
#   following.FILE.PID  that process follows FILE at the moment
# Usage: sh attempt.sh VERB [ARGUMENTS]; 70 to 79 are its own exit statuses, see SuiteRunner.
# An emulated guest takes 30 ms and more for each process: the shell itself does what it can.

attempt=${0%/*}
self="$attempt/attempt.sh"
. "$attempt/settings" || exit 70 # user, folder, script, work and the function in_environment

readonly RUNNING=71 REBOOTED=72 KILLED=73
limit=

# How the suite's user is become, in `enter`, and whether env knows --default-signal, in `signals`: programs have to be tried
# for it, once. Fails where there is no such user.
find_entrance() {
  [ "${found-}" != found ] || return 0
  { read -r enter group signals found <"$attempt/entrance"; } 2>/dev/null
  [ "${found-}" != found ] || return 0
  enter=self group=- signals=yes
  if [ "$user" != "${LOGNAME:-$(id -un)}" ]; then
    group=$(id -g "$user" 2>/dev/null) || { echo "the guest has no user $user" >&2; return 1; }
    enter=setpriv
  fi
  if ! as_user env --default-signal true 2>/dev/null; then
    signals=no
    [ $enter = self ] || as_user true 2>/dev/null || enter=su
  fi
  found=found
  echo "$enter $group $signals $found" >"$attempt/entrance"
}

# Runs a command as the suite's user, behind the words in `limit`.
as_user() {
  case $enter in
    self) $limit "$@" ;;
    setpriv) $limit setpriv --reuid="$user" --regid="$group" --init-groups "$@" ;;
    su) $limit su -s /bin/sh "$user" -c "exec $*" ;;
  esac
}

is_empty() {
  for any in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    [ ! -e "$any" ] && [ ! -h "$any" ] || return 1
  done
}

# Makes anew where the script works; what it may write besides is named.
make_work() {
  umask 022
  if [ ! -d "$work" ] || ! is_empty "$work"; then
    rm -rf "$work" && mkdir -p "$work"
  fi && chown "$user" "$work" "$@"
}

# Ends every process of the script, also those that fled into sessions of their own.
end_processes() {
  find_entrance
  [ $enter = self ] || as_user sh "$self" kill_all >/dev/null 2>&1
  for round in 1 2 3 4 5; do
    left=$(grep -lF "MUSTER_JOURNAL=$attempt/journal" /proc/[0-9]*/environ 2>/dev/null)
    [ -n "$left" ] || return 0
    for environ in $left; do
      process=${environ#/proc/}
      kill -9 "${process%/environ}" 2>/dev/null
    done
  done
}

# Whether the process that runs the script is there. A dead one may stand in /proc for a while, until it is waited for.
is_alive() {
  read -r pid <"$attempt/pid" && [ -r "/proc/$pid/status" ] || return 1
  while read -r key value _; do
    [ "$key" != State: ] || break
  done <"/proc/$pid/status"
  case $value in [XZ]*) return 1 ;; esac
} 2>/dev/null

# Whether the guest has booted anew since. One that was ended hard may have lost what was written last: then `boot` is empty.
is_rebooted() {
  [ ! -d "$attempt/begun" ] || [ -s "$attempt/boot" ] || return 0
  read -r began <"$attempt/boot" && read -r boot </proc/sys/kernel/random/boot_id && [ "$began" != "$boot" ]
} 2>/dev/null

# The exit status says how it stands; 0 when the script has ended.
state() {
  alive=yes
  is_alive || alive=no # asked first: whoever ends writes its status before
  if [ -s "$attempt/status" ]; then
    return 0
  elif is_rebooted; then
    return $REBOOTED
  elif [ $alive = no ] && [ -s "$attempt/pid" ]; then
    return $KILLED
  fi
  return $RUNNING
}

case $1 in
  launch)
    find_entrance || exit 70
    if [ ! -f "$folder/$script" ]; then
      echo "there is no file $folder/$script" >&2
      exit 70
    fi
    export found enter group signals
    # What the command substitution waits for is that `go` has closed its standard output.
    if command -v setsid >/dev/null 2>&1; then
      : "$(setsid sh "$self" go </dev/null 2>>"$attempt/log" &)"
    else
      : "$(sh "$self" go </dev/null 2>>"$attempt/log" &)"
    fi
    [ -s "$attempt/pid" ] || { tail -n 3 "$attempt/log" >&2; exit 70; }
    ;;

  go)
    mkdir "$attempt/begun" "$attempt/artefacts" 2>/dev/null || exit 0
    trap '' HUP
    trap 'exit 0' TERM # the guest goes down: without a status this is not taken for an end
    cd "$attempt" || exit 70
    true >journal && true >subjects && make_work journal subjects artefacts || exit 70
    read -r boot </proc/sys/kernel/random/boot_id
    echo "$boot" >boot
    echo $$ >pid
    # Written over in place later: on a disk that the script has filled nothing new can be written.
    for file in status stopped; do
      echo "                                                                " >$file.new
    done
    exec >>log 2>&1
    find_entrance && as_user sh "$self" script
    status=$?
    cd "$attempt" || exit 70
    [ $status -le 128 ] || sleep 1 # killed: by a guest that goes down? Then this process is next
    end_processes
    left=nothing
    [ ! -s subjects ] && is_empty artefacts || left=
    echo "$status $boot $left" 1<>status.new && mv status.new status
    for follower in following.*; do
      # It may come and go meanwhile, and what is said here would stand in the log.
      [ ! -e "$follower" ] || kill "${follower##*.}" 2>/dev/null
    done
    exit 0
    ;;

  script) # as the suite's user
    cd "$work" || exit 70
    # A container's first process and its SSH server cannot keep themselves from being killed when memory is exhausted, as
    # others do: there what the suite starts goes before them.
    if read -r score </proc/self/oom_score_adj && [ "$score" -ne 0 ]; then
      echo 1000 >/proc/self/oom_score_adj
    fi 2>/dev/null
    # A background process of sh ignores some signals, and so would all that it starts.
    [ "${signals-}" != yes ] || in_environment --default-signal </dev/null
    in_environment </dev/null
    ;;

  list_all) # as the suite's user
    cd "$work" || exit 70
    script=$list
    in_environment </dev/null
    ;;

  kill_all) # as the suite's user, who is not root
    [ "$(id -u)" -ne 0 ] && kill -9 -1
    ;;

  list) # SECONDS BYTES: what the script `list` prints becomes the file manifest; prints the first of it
    find_entrance && make_work || exit 70
    ! command -v timeout >/dev/null || limit="timeout -k 5 $2"
    as_user sh "$self" list_all >"$attempt/manifest" || exit
    exec head -c "$3" "$attempt/manifest"
    ;;

  follow) # JOURNAL LOG: those files from these bytes on (from 1; none of one where that is -) as output and as error, until the
    # script has ended
    exec 3>&2 2>/dev/null
    for earlier in "$attempt"/following.*; do
      [ ! -e "$earlier" ] || { kill "${earlier##*.}"; rm -f "$earlier"; }
    done
    state
    now=$?
    [ $now -eq $RUNNING ] || exit $now
    [ -e "$attempt/journal" ] && [ -e "$attempt/log" ] || exit $RUNNING
    # What never grows is followed for its end alone.
    case $2 in -) tail -f "$attempt/pid" >/dev/null & ;; *) tail -c "+$2" -f "$attempt/journal" & ;; esac
    journal=$!
    case $3 in -) tail -f "$attempt/pid" >/dev/null & ;; *) tail -c "+$3" -f "$attempt/log" >&3 & ;; esac
    log=$!
    if ! { true >"$attempt/following.journal.$journal" && true >"$attempt/following.log.$log"; }; then
      # A full disk: nobody knows whom to tell of the end, so it is looked for.
      while state; [ $? -eq $RUNNING ] && kill -0 $journal; do
        sleep 1
      done
      kill $journal
    fi
    [ ! -s "$attempt/status" ] || kill $journal
    wait $journal
    kill $log
    wait $log
    state
    now=$?
    [ $now -ne $RUNNING ] || rm -f "$attempt/following.journal.$journal" "$attempt/following.log.$log"
    exit $now
    ;;

  rest) # FILE FROM: what the file holds from that byte on
    exec tail -c "+$3" "$attempt/$2"
    ;;

  state)
    state
    now=$?
    for file in status stopped; do
      [ ! -s "$attempt/$file" ] || { read -r line <"$attempt/$file" && echo "$file $line"; }
    done
    cd "$attempt" && wc -c journal log 2>/dev/null | while read -r size file; do
      echo "$file $size"
    done
    exit $now
    ;;

  stop) # WHY: the script is ended, unless it has ended by itself
    if [ ! -s "$attempt/status" ] && [ ! -s "$attempt/stopped" ]; then
      echo "$2" 1<>"$attempt/stopped.new" && mv "$attempt/stopped.new" "$attempt/stopped"
    fi
    [ -s "$attempt/status" ] || end_processes
    state
    ;;

  artefacts) # the names of at most $2 files, one a line, and first "no subjects" where it named none
    [ -s "$attempt/subjects" ] || echo no subjects
    cd "$attempt/artefacts" || exit 70
    is_empty . || find . -type f | head -n "$2"
    ;;

  *)
    exit 70
    ;;
esac
