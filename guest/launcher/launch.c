/*
 * Starts a pipeline inside a container, where the workbench cannot: launch [--fault MS STAGE SIGNAL]... COUNT
 * ARGUMENTS... COUNT ARGUMENTS... Each stage is its number of arguments, then these, the program first. A
 * fault is a signal to a stage, MS milliseconds after all were started. When all have ended their wait
 * statuses, one decimal number a line, go to descriptor 3, then for each fault 1, or 0 if its stage had ended
 * before.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define STATUS_DESCRIPTOR 3
#define MAX_STAGES 1024
#define MAX_FAULTS 1024

struct fault {
    long long after_ms;
    int stage, signal, sent, struck;
};

static struct fault faults[MAX_FAULTS];
static int fault_count;
static pid_t pids[MAX_STAGES];
static int statuses[MAX_STAGES], ended[MAX_STAGES];
static int stages;

static void fail(const char *what)
{
    perror(what);
    exit(127);
}

static long long now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void reap(int stage, int options)
{
    pid_t pid = waitpid(pids[stage], &statuses[stage], options);
    if (pid < 0)
        fail("launch: waitpid");
    ended[stage] = pid > 0;
}

static struct fault *next_fault(void)
{
    struct fault *next = NULL;
    for (int i = 0; i < fault_count; i++) {
        if (!faults[i].sent && (next == NULL || faults[i].after_ms < next->after_ms))
            next = &faults[i];
    }
    return next;
}

/* Nobody else reaps, so the pid of a stage that was not seen to end is still its own. */
static void send_faults(long long started)
{
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    for (struct fault *fault; (fault = next_fault()) != NULL;) {
        int living = 0;
        for (int i = 0; i < stages; i++) {
            if (!ended[i])
                reap(i, WNOHANG);
            living += !ended[i];
        }
        if (living == 0)
            return;
        long long left = started + fault->after_ms * 1000000 - now_ns();
        if (left > 0) {
            struct timespec time = {left / 1000000000, left % 1000000000};
            sigtimedwait(&child, NULL, &time);
            continue;
        }
        fault->sent = 1;
        fault->struck = !ended[fault->stage] && kill(pids[fault->stage], fault->signal) == 0;
    }
}

static int read_faults(char **argv)
{
    int at = 1;
    for (; argv[at] != NULL && strcmp(argv[at], "--fault") == 0; at += 4) {
        if (argv[at + 1] == NULL || argv[at + 2] == NULL || argv[at + 3] == NULL ||
            fault_count == MAX_FAULTS) {
            fprintf(stderr, "launch: --fault MS STAGE SIGNAL, %d of them at most\n", MAX_FAULTS);
            exit(127);
        }
        faults[fault_count++] =
            (struct fault){atoll(argv[at + 1]), atoi(argv[at + 2]), atoi(argv[at + 3]), 0, 0};
    }
    return at;
}

int main(int argc, char **argv)
{
    int input = STDIN_FILENO;
    fcntl(STATUS_DESCRIPTOR, F_SETFD, FD_CLOEXEC);
    for (int at = read_faults(argv); at < argc;) {
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
    for (int i = 0; i < fault_count; i++) {
        if (faults[i].stage < 0 || faults[i].stage >= stages) {
            fprintf(stderr, "launch: there is no stage %d\n", faults[i].stage);
            return 127;
        }
    }
    send_faults(now_ns());
    for (int i = 0; i < stages; i++) {
        if (!ended[i])
            reap(i, 0);
        dprintf(STATUS_DESCRIPTOR, "%d\n", statuses[i]);
    }
    for (int i = 0; i < fault_count; i++)
        dprintf(STATUS_DESCRIPTOR, "%d\n", faults[i].struck);
    int status = stages > 0 ? statuses[stages - 1] : 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
