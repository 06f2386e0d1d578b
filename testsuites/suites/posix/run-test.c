/*
 * Runs one test in a session of its own, so that it can harm no one else, and leaves none of its processes behind.
 *
 * Usage: run-test SECONDS FILE PROGRAM
 *
 * FILE gets the first 16 KiB of what the program writes. Prints one line: how it ended, the times of day (UTC) when it
 * began and ended, and the milliseconds between:
 *
 *     exit 0 11:59:59 12:00:01 1234
 *     signal 11 ...
 *     timeout 60 ...
 *
 * Exit status: 0, or 99 when the test could not be run.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CANNOT = 99, MOST_OUTPUT = 16384 };

static void fail(const char *what) {
    fprintf(stderr, "cannot run a test: %s: %s\n", what, strerror(errno));
    exit(CANNOT);
}

static long long milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void time_of_day(char text[9]) {
    time_t now = time(NULL);
    strftime(text, 9, "%H:%M:%S", gmtime(&now));
}

static void on_child(int signal) { (void)signal; }

static void child(const char *program, int output, const sigset_t *mask) {
    int nothing = open("/dev/null", O_RDONLY);
    setsid();
    if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0) _exit(CANNOT);
    close(nothing);
    signal(SIGCHLD, SIG_DFL);
    sigprocmask(SIG_SETMASK, mask, NULL);
    /* As a shell would: a script without a first line that names its interpreter is one for sh. */
    execlp(program, program, (char *)NULL);
    dprintf(2, "cannot execute %s: %s\n", program, strerror(errno));
    _exit(127);
}

/* Takes what there is to read; what is past the ceiling is thrown away. False at the end. */
static int take(int from, int file, int *left) {
    char piece[4096];
    ssize_t count = read(from, piece, sizeof piece);
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    int kept = count < *left ? (int)count : *left;
    if (kept > 0 && write(file, piece, kept) < 0) fail("its output");
    *left -= kept;
    return count > 0;
}

/* Kills all children: as the subreaper, this process inherits whatever a test left running. */
static void kill_children(void) {
    DIR *processes = opendir("/proc");
    struct dirent *entry;
    if (!processes) fail("/proc");
    while ((entry = readdir(processes))) {
        char path[300], text[512], *after;
        int file, parent;
        ssize_t count;
        if (!isdigit((unsigned char)entry->d_name[0])) continue;
        snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
        if ((file = open(path, O_RDONLY)) < 0) continue;
        count = read(file, text, sizeof text - 1);
        close(file);
        if (count <= 0) continue;
        text[count] = 0;
        after = strrchr(text, ')');
        if (after && sscanf(after, ") %*c %d", &parent) == 1 && parent == getpid()) kill(atoi(entry->d_name), SIGKILL);
    }
    closedir(processes);
}

static void clean_up(pid_t group) {
    kill(-group, SIGKILL);
    for (int round = 0; round < 1000; round++) {
        pid_t ended = waitpid(-1, NULL, WNOHANG);
        if (ended < 0) return;
        if (ended == 0) {
            kill_children();
            usleep(2000);
        }
    }
}

int main(int count, char **words) {
    int pipes[2], left = MOST_OUTPUT, status = 0, late = 0, open_end = 1;
    char began[9], ended[9];
    sigset_t blocked, before;

    if (count != 4) {
        errno = EINVAL;
        fail("expected SECONDS FILE PROGRAM");
    }
    long long limit = atoll(words[1]) * 1000;
    int file = open(words[2], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) fail(words[2]);
    if (pipe2(pipes, O_CLOEXEC) < 0) fail("a pipe");
    fcntl(pipes[0], F_SETFL, O_NONBLOCK);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    sigdelset(&before, SIGCHLD);
    signal(SIGCHLD, on_child);

    time_of_day(began);
    long long start = milliseconds();
    pid_t test = fork();
    if (test < 0) fail("fork");
    if (test == 0) child(words[3], pipes[1], &before);
    close(pipes[1]);

    while (waitpid(test, &status, WNOHANG) == 0) {
        long long rest = start + limit - milliseconds();
        struct timespec wait = {rest / 1000, rest % 1000 * 1000000};
        struct pollfd readable = {pipes[0], POLLIN, 0};
        if (rest <= 0) {
            late = 1;
            break;
        }
        if (ppoll(&readable, open_end, &wait, &before) > 0) open_end = take(pipes[0], file, &left);
    }
    long long took = milliseconds() - start;
    time_of_day(ended);
    clean_up(test);
    while (left > 0 && open_end) {
        struct pollfd readable = {pipes[0], POLLIN, 0};
        if (poll(&readable, 1, 0) <= 0) break;
        open_end = take(pipes[0], file, &left);
    }

    if (late) printf("timeout %s", words[1]);
    else if (WIFSIGNALED(status)) printf("signal %d", WTERMSIG(status));
    else printf("exit %d", WEXITSTATUS(status));
    printf(" %s %s %lld\n", began, ended, took);
    return 0;
}
