/*
 * Hands tokens round a ring of processes: handover PROCESSES TOKENS ROUNDS. Every read blocks until its
 * neighbour writes, so a lost wake-up hangs it. Each process checks that the numbers that pass it grow by the
 * size of the ring.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void fail(const char *what)
{
    perror(what);
    _exit(1);
}

static void pass_on(int in, int out, long rounds)
{
    for (long i = 0; i < rounds; i++) {
        uint64_t token;
        if (read(in, &token, sizeof token) != sizeof token)
            fail("read");
        token++;
        if (write(out, &token, sizeof token) != sizeof token)
            fail("write");
    }
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    int processes = atoi(argv[1]), tokens = atoi(argv[2]);
    long rounds = atol(argv[3]);
    int ends[64][2];
    for (int i = 0; i < processes; i++)
        if (pipe(ends[i]) < 0)
            fail("pipe");
    for (int i = 1; i < processes; i++) {
        pid_t pid = fork();
        if (pid < 0)
            fail("fork");
        if (pid == 0) {
            pass_on(ends[i - 1][0], ends[i][1], rounds * tokens);
            _exit(0);
        }
    }
    uint64_t sum = 0;
    for (int i = 0; i < tokens; i++) {
        uint64_t token = 0;
        if (write(ends[0][1], &token, sizeof token) != sizeof token)
            fail("write");
    }
    for (long i = 0; i < rounds * tokens; i++) {
        uint64_t token;
        if (read(ends[processes - 1][0], &token, sizeof token) != sizeof token)
            fail("read");
        token++;
        if (token % (uint64_t)processes != 0)
            fail("a token skipped a process");
        if (i + tokens < rounds * tokens) {
            if (write(ends[0][1], &token, sizeof token) != sizeof token)
                fail("write");
        } else {
            sum += token;
        }
    }
    for (int i = 1; i < processes; i++) {
        int status;
        if (wait(&status) < 0 || status != 0)
            fail("wait");
    }
    printf("%llu\n", (unsigned long long)sum);
    return 0;
}
