/*
 * start: starts a program as a child of this program's own parent. Linux counts the largest resident set of a
 * process from before its execve on, so a child of unibench would have unibench's; this one has a few pages.
 *
 *   start ORDERS PROGRAM ARGUMENTS...     the arguments from argv[0] on
 *
 * Descriptor ORDERS, the first that the program does not get, brings the process group that the program joins (0: one
 * of its own), and says by its end that unibench has no more use for us. The one after it takes the answer.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define STACK 16384

/* The same in SmallStarter.cs. */
struct answer {
    int32_t pid, error;
    int64_t started_ns; /* CLOCK_MONOTONIC */
};

struct program {
    char **argv;
    int32_t group;
    volatile int error; /* written by the child, in our memory */
};

static char stack[STACK] __attribute__((aligned(16)));
extern char **environ;

static int run(void *argument)
{
    struct program *program = argument;
    if (setpgid(0, program->group) == 0)
        execve(program->argv[2], program->argv + 3, environ);
    program->error = errno;
    _exit(127);
}

int main(int argc, char **argv)
{
    struct program program = {.argv = argv};
    struct answer answer = {0};
    struct timespec now;
    if (argc < 4)
        return 2;
    int orders = atoi(argv[1]), answers = orders + 1;
    fcntl(orders, F_SETFD, FD_CLOEXEC);
    fcntl(answers, F_SETFD, FD_CLOEXEC);
    if (read(orders, &program.group, sizeof program.group) != sizeof program.group)
        return 1;
    clock_gettime(CLOCK_MONOTONIC, &now);
    answer.started_ns = now.tv_sec * 1000000000LL + now.tv_nsec;
    /* Until the child has executed the program, or failed to, this thread sleeps. */
    answer.pid = clone(run, stack + STACK, CLONE_VM | CLONE_VFORK | CLONE_PARENT, &program);
    answer.error = answer.pid < 0 ? errno : program.error;
    for (int i = STDIN_FILENO; i < orders; i++)
        close(i); /* a reader of the program's output waits for the last one who could write */
    if (write(answers, &answer, sizeof answer) != sizeof answer)
        return 1;
    /* To end now would take time of the CPU that the program runs on. */
    return (int)read(orders, &answer, sizeof answer);
}
