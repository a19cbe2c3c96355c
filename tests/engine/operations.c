/*
 * One kind of operation, so many times: operations NAME COUNT. What differs between two counts is what an
 * operation costs.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096, GRAIN = 16 * PAGE, HEAP = 32 << 20 };

static char *itself;

static void must(int fine)
{
    if (!fine)
        _exit(1);
}

static volatile char *memory(size_t bytes)
{
    void *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    must(at != MAP_FAILED);
    return at;
}

static void null_call(long count)
{
    while (count-- > 0)
        getppid();
}

static void reap(pid_t child)
{
    int status;
    must(child > 0 && waitpid(child, &status, 0) == child && status == 0);
}

static void fork_exit_wait(long count)
{
    while (count-- > 0) {
        pid_t child = fork();
        if (child == 0)
            _exit(0);
        reap(child);
    }
}

static void fork_exec(long count)
{
    static char what[] = "nothing", count_of_it[] = "0";
    char *arguments[] = {itself, what, count_of_it, NULL};
    while (count-- > 0) {
        pid_t child = fork();
        if (child == 0) {
            execv(itself, arguments);
            _exit(1);
        }
        reap(child);
    }
}

static void round_trip(long count)
{
    int there[2], back[2];
    char byte = 0;
    must(!pipe(there) && !pipe(back));
    pid_t child = fork();
    if (child == 0) {
        for (long i = 0; i < count; i++)
            must(read(there[0], &byte, 1) == 1 && write(back[1], &byte, 1) == 1);
        _exit(0);
    }
    for (long i = 0; i < count; i++)
        must(write(there[1], &byte, 1) == 1 && read(back[0], &byte, 1) == 1);
    reap(child);
}

/* 16 pages each: the library OS brings that many at once. */
static void first_touch(long count)
{
    volatile char *at = memory((size_t)count * GRAIN);
    for (long i = 0; i < count * GRAIN; i += PAGE)
        at[i] = 1;
}

/* In a child of a process with a heap in extents: 16 pages each, for the first 64. */
static void access_after_fork(long count, int writing)
{
    volatile char *heap = memory(HEAP + GRAIN);
    heap += -(uintptr_t)heap % GRAIN;
    for (long i = 0; i < HEAP; i += PAGE)
        heap[i] = 1;
    volatile char *at = heap + HEAP / 2; /* what was touched first lies in private memory */
    pid_t child = fork();
    if (child == 0) {
        for (long i = 0; i < count; i++) {
            must(at[i * GRAIN] == 1);
            if (writing)
                at[i * GRAIN] = 2;
        }
        _exit(0);
    }
    reap(child);
}

static void read_after_fork(long count)
{
    access_after_fork(count, 0);
}

static void write_after_fork(long count)
{
    access_after_fork(count, 1);
}

static void nothing(long count)
{
    (void)count;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(long count);
    } operations[] = {
        {"null-call", null_call},
        {"fork-exit-wait", fork_exit_wait},
        {"fork-exec", fork_exec},
        {"round-trip", round_trip},
        {"first-touch", first_touch},
        {"read-after-fork", read_after_fork},
        {"write-after-fork", write_after_fork},
        {"nothing", nothing},
    };
    itself = argv[0];
    for (size_t i = 0; argc == 3 && i < sizeof operations / sizeof operations[0]; i++)
        if (!strcmp(operations[i].name, argv[1])) {
            operations[i].run(atol(argv[2]));
            return 0;
        }
    fprintf(stderr, "operations NAME COUNT\n");
    return 2;
}
