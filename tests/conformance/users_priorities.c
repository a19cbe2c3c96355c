/* Nice values, policies and I/O priorities read back, of others too; less nice is refused. */
#include "users.h"
#include <sched.h>

static pid_t other;

static void say_priority(const char *what, pid_t pid)
{
    errno = 0;
    int value = getpriority(PRIO_PROCESS, (id_t)pid);
    say("%s: %d\n", what, errno ? -100 : value);
}

#define ioprio_get(which, who) syscall(SYS_ioprio_get, which, who)
#define ioprio_set(which, who, value) syscall(SYS_ioprio_set, which, who, value)

static void refused(void)
{
    if (first_user == 0)
        MUST(setuid(SOMEBODY));
    struct sched_param none = {0}, some = {1};
    say_result("less nice", setpriority(PRIO_PROCESS, 0, 2));
    say_result("nicer", setpriority(PRIO_PROCESS, 0, 9));
    say_result("another's", setpriority(PRIO_PROCESS, (id_t)other, 12));
    say_priority("reads", other);
    say_result("real time", sched_setscheduler(0, SCHED_FIFO, &some));
    say_result("another's policy", sched_setscheduler(other, SCHED_BATCH, &none));
    say_result("own policy", sched_setscheduler(0, SCHED_BATCH, &none));
    say_result("is", sched_getscheduler(0));
    say_result("parameters", sched_setparam(0, &none));
    say_result("io of another", ioprio_set(1, other, 2 << 13 | 5));
    say_result("io real time", ioprio_set(1, 0, 1 << 13));
    say_result("io own", ioprio_set(1, 0, 3 << 13));
    say_result("io is", ioprio_get(1, 0));
    if (first_user == 0) { /* others would renice all that they run */
        say_result("user", setpriority(PRIO_USER, 0, 11));
        say_priority("by user", 0);
    }
}

static void own_group(void)
{
    MUST(setpgid(0, 0));
    say_result("group", setpriority(PRIO_PGRP, 0, 13));
    say_priority("of it", 0);
    say_result("by number", getpriority(PRIO_PGRP, (id_t)getpid()));
    say_result("no group", setpriority(PRIO_PGRP, 0x3fffff, 1));
    say_result("no user", getpriority(PRIO_USER, 0x3ffffff));
}

static void reset(void)
{
    struct sched_param none = {0};
    say_result("reset on fork", sched_setscheduler(0, SCHED_BATCH | SCHED_RESET_ON_FORK, &none));
    say("%x\n", (unsigned)sched_getscheduler(0));
    pid_t child = fork_child();
    if (child == 0) {
        say("child %x\n", (unsigned)sched_getscheduler(0));
        _exit(0);
    }
    reap(child);
}

int main(void)
{
    is_root();
    int ends[2];
    make_pipe(ends);
    MUST(setpriority(PRIO_PROCESS, 0, 5));
    other = fork_child();
    if (other == 0) {
        close_fd(ends[1]);
        take_byte(ends[0]);
        _exit(0);
    }
    say_result("of a child", setpriority(PRIO_PROCESS, (id_t)other, 7));
    say_priority("child", other);
    say_priority("itself", 0);
    say_result("io", ioprio_set(1, 0, 2 << 13 | 6));
    say_result("io is", ioprio_get(1, 0));
    say_result("io of a child", ioprio_set(1, other, 2 << 13 | 3));
    say_result("io of it", ioprio_get(1, other));
    say_result("io bad class", ioprio_set(1, 0, 4 << 13));
    say_result("io bad kind", ioprio_get(4, 0));
    say_result("nobody's io", ioprio_get(1, 0x3fffff));
    struct sched_param one = {1}, none = {0}, back;
    say_result("bad priority", sched_setscheduler(0, SCHED_OTHER, &one));
    say_result("bad policy", sched_setscheduler(0, 17, &none));
    say_result("nobody", sched_setscheduler(0x3fffff, SCHED_OTHER, &none));
    say_result("idle", sched_setscheduler(other, SCHED_IDLE, &none));
    say_result("is idle", sched_getscheduler(other));
    say_result("parameter", sched_getparam(other, &back));
    say("%d\n", back.sched_priority);
    run_child(refused);
    run_child(own_group);
    run_child(reset);
    close_fd(ends[1]);
    reap(other);
    return 0;
}
