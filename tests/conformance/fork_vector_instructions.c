/* parent and child may use vector instructions on a large heap after fork: loads, and stores that copy a shared page. */
#include "observe.h"

enum operation { LOAD, STORE_HALF, STORE, COMPARE, PLAIN, OPERATIONS };

#define PIECES (16 << 10)

static char *pieces[PIECES];

static void operate(enum operation operation, char *at)
{
    switch (operation) {
    case LOAD:
        if (__builtin_cpu_supports("avx2"))
            __asm__ volatile("vmovdqu (%0), %%ymm0\n\tvzeroupper" ::"r"(at) : "xmm0");
        break;
    case STORE_HALF:
        __asm__ volatile("movhps %%xmm0, (%0)" ::"r"(at) : "memory");
        break;
    case STORE:
        __asm__ volatile("movups %%xmm0, (%0)" ::"r"(at) : "memory");
        break;
    case COMPARE:
        at[-64] = 1;
        if (__builtin_cpu_supports("avx2"))
            __asm__ volatile("vpcmpeqb (%0), %%ymm0, %%ymm1\n\tvzeroupper" ::"r"(at) : "xmm0", "xmm1");
        break;
    default:
        at[0]++;
    }
}

static void operate_on_all(enum operation operation)
{
    for (int i = 1; i < PIECES; i += 7)
        operate(operation, pieces[i] + 128);
}

int main(void)
{
    char *mapped = mmap(NULL, PIECES * 1024, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (int of_malloc = 0; of_malloc < 2; of_malloc++) {
        for (int i = 0; i < PIECES; i++) {
            pieces[i] = of_malloc ? malloc(1000) : mapped + i * 1024;
            memset(pieces[i], 'a', 1000);
        }
        for (enum operation operation = 0; operation < OPERATIONS; operation++) {
            for (int in_child = 0; in_child < 2; in_child++) {
                pid_t child = fork_child();
                if (child == 0) {
                    if (in_child)
                        operate_on_all(operation);
                    _exit(0);
                }
                if (!in_child)
                    operate_on_all(operation);
                int status;
                MUST(waitpid(child, &status, 0));
                say("%s, operation %d in the ", of_malloc ? "malloc" : "mmap", (int)operation);
                say_status(in_child ? "child" : "parent", status);
            }
        }
    }
    return 0;
}
