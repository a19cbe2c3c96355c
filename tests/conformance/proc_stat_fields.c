/* /proc/PID/stat has 52 fields; a waiting child is S, a stopped one T, a dead one Z. */
#include "proc_fields.h"
#include <sched.h>

static char state_of(pid_t pid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    char *text = proc_text(path);
    return text ? strrchr(text, ')')[2] : '-';
}

static void await(pid_t pid, char state)
{
    while (state_of(pid) != state)
        sched_yield();
}

int main(void)
{
    char *text = proc_text("/proc/self/stat");
    char *rest = strrchr(text, ')') + 2;
    say("begins with the pid %d\n", atoi(text) == getpid());
    long long fields[60] = {0};
    int count = 3;
    char *save = NULL;
    strtok_r(rest, " ", &save);
    for (char *word; (word = strtok_r(NULL, " \n", &save));)
        fields[++count] = (long long)strtoull(word, NULL, 10);
    say("fields %d\n", count);
    say("parent %d, group %d, session %d\n", fields[4] == getppid(), fields[5] == getpgrp(),
        fields[6] == getsid(0));
    say("threads %lld, exit signal %lld\n", fields[20], fields[38]);
    struct timespec now;
    MUST(clock_gettime(CLOCK_BOOTTIME, &now));
    say("started before now %d, size %d, resident %d\n",
        fields[22] > 0 && fields[22] <= now.tv_sec * 100 + 100, fields[23] > 0, fields[24] > 0);
    long size, resident, shared, code, library, data, dirty;
    say("statm %d\n", sscanf(proc_text("/proc/self/statm"), "%ld %ld %ld %ld %ld %ld %ld", &size, &resident,
                             &shared, &code, &library, &data, &dirty));
    say("size %d, resident %d, code %d, no libraries %d\n", size >= resident, resident >= shared, code > 0,
        !library && !dirty);
    int ends[2];
    make_pipe(ends);
    pid_t child = fork_child();
    if (child == 0) {
        take_byte(ends[0]);
        _exit(0);
    }
    await(child, 'S');
    say("waits %c\n", state_of(child));
    MUST(kill(child, SIGSTOP));
    await(child, 'T');
    say("stopped %c\n", state_of(child));
    MUST(kill(child, SIGCONT));
    send_byte(ends[1], 'e');
    await(child, 'Z');
    say("ended %c\n", state_of(child));
    reap(child);
    say("waited for %c, self %c\n", state_of(child), state_of(getpid()));
    return 0;
}
