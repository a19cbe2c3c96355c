/* F_SETOWN, F_SETSIG and O_ASYNC of a pipe: who is told of bytes, and by which signal. */
#include "observe.h"

#include <stdbool.h>

struct owner_ex {
    int type;
    pid_t pid;
};

static int p[2];

static void told(const char *what, sigset_t *set)
{
    siginfo_t info = {0};
    struct timespec limit = {10, 0};
    int number = sigtimedwait(set, &info, &limit);
    bool tells = info.si_code > 0 && info.si_code < 100;
    say("%s: signal %d code %d band %lx fd %d\n", what, number, info.si_code, tells ? (long)info.si_band : 0,
        tells && info.si_fd == p[0]);
}

int main(void)
{
    struct owner_ex owner = {9, 9};
    sigset_t set = set_of(SIGIO);
    char byte;
    MUST(pipe(p));
    MUST(sigaddset(&set, SIGUSR1));
    MUST(sigprocmask(SIG_BLOCK, &set, NULL));
    if (getpgrp() != getpid())
        MUST(setpgid(0, 0));
    MUST(fcntl(p[0], F_GETOWN_EX, &owner));
    say("nobody %d, signal %d\n", owner.pid, fcntl(p[0], F_GETSIG));
    say_result("F_SETOWN", fcntl(p[0], F_SETOWN, getpid()));
    MUST(fcntl(p[0], F_GETOWN_EX, &owner));
    say("type %d mine %d\n", owner.type, owner.pid == getpid());
    MUST(fcntl(p[0], F_SETFL, O_ASYNC));
    say("async %d\n", (fcntl(p[0], F_GETFL) & O_ASYNC) != 0);
    MUST(write(p[1], "x", 1));
    told("plain", &set);
    MUST(read(p[0], &byte, 1));
    say_result("F_SETSIG", fcntl(p[0], F_SETSIG, SIGUSR1));
    say_result("F_GETSIG", fcntl(p[0], F_GETSIG));
    MUST(write(p[1], "x", 1));
    told("with a signal", &set);
    owner = (struct owner_ex){2, getpgrp()};
    say_result("group", fcntl(p[0], F_SETOWN_EX, &owner));
    say("read back %d\n", fcntl(p[0], F_GETOWN) == -getpgrp());
    pid_t child = fork_child();
    if (child == 0) {
        MUST(write(p[1], "x", 1));
        told("child", &set);
        _exit(0);
    }
    reap(child);
    told("from a child", &set);
    owner = (struct owner_ex){0, getpid()};
    say_result("thread", fcntl(p[0], F_SETOWN_EX, &owner));
    MUST(write(p[1], "x", 1));
    told("thread", &set);
    MUST(fcntl(p[0], F_SETFL, 0));
    MUST(write(p[1], "x", 1));
    MUST(sigpending(&set));
    say("off %d\n", sigismember(&set, SIGUSR1) || sigismember(&set, SIGIO));
    owner.type = 3;
    say_result("no type", fcntl(p[0], F_SETOWN_EX, &owner));
    say_result("no signal", fcntl(p[0], F_SETSIG, 65));
    say_result("no process", fcntl(p[0], F_SETOWN, 4000000));
    int file = open("f", O_RDWR | O_CREAT, 0600);
    say_result("of a file", fcntl(file, F_SETOWN, getpid()));
    say("read back %d\n", fcntl(file, F_GETOWN) == getpid());
    say_result("nobody again", fcntl(file, F_SETOWN, 0));
    return 0;
}
