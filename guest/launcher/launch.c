/*
 * Starts a pipeline inside a container, where the workbench cannot: launch COUNT ARGUMENTS... COUNT
 * ARGUMENTS... Each stage is its number of arguments, then these, the program first. When all have ended
 * their wait statuses, one decimal number a line, go to descriptor 3.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define STATUS_DESCRIPTOR 3
#define MAX_STAGES 1024

static void fail(const char *what)
{
    perror(what);
    exit(127);
}

int main(int argc, char **argv)
{
    pid_t pids[MAX_STAGES];
    int stages = 0;
    int input = STDIN_FILENO;
    fcntl(STATUS_DESCRIPTOR, F_SETFD, FD_CLOEXEC);
    for (int at = 1; at < argc;) {
        int count = atoi(argv[at]);
        if (count < 1 || at + count >= argc || stages == MAX_STAGES) {
            fprintf(stderr, "launch: stage %d has a wrong number of arguments\n", stages);
            return 127;
        }
        char **arguments = argv + at + 1;
        at += count + 1;
        int ends[2] = {-1, STDOUT_FILENO};
        if (at < argc && pipe2(ends, O_CLOEXEC) < 0)
            fail("launch: pipe2");
        /* The word behind the arguments is the next stage's count: it becomes the end of this argv in the
         * child only. */
        pids[stages] = fork();
        if (pids[stages] < 0)
            fail("launch: fork");
        if (pids[stages] == 0) {
            arguments[count] = NULL;
            if ((input != STDIN_FILENO && dup2(input, STDIN_FILENO) < 0) ||
                (ends[1] != STDOUT_FILENO && dup2(ends[1], STDOUT_FILENO) < 0))
                fail("launch: dup2");
            execv(arguments[0], arguments);
            fail(arguments[0]);
        }
        stages++;
        if (input != STDIN_FILENO)
            close(input);
        if (ends[1] != STDOUT_FILENO)
            close(ends[1]);
        input = ends[0];
    }
    int status = 0;
    for (int i = 0; i < stages; i++) {
        if (waitpid(pids[i], &status, 0) < 0)
            fail("launch: waitpid");
        dprintf(STATUS_DESCRIPTOR, "%d\n", status);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
