# Keeps what comes on standard input as a guest's console, standard output, as far as a ceiling of $1 blocks of 512 bytes. The
# ceiling is the size that a file may have, so the host's kernel keeps it whatever is printed and how fast.
keep_console() (
  ulimit -S -f $(($1 - 1))
  cat 2>/dev/null || {
    ulimit -S -f "$1"
    printf '\nmuster: the console was cut here\n'
    cat >/dev/null
  }
)
