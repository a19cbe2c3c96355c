/* the upper halves of the AVX registers survive fork where the processor has AVX. */
#include "observe.h"

#include <cpuid.h>

__attribute__((target("avx"))) static long fork_with_ymm(const long in[4], long out[4])
{
    long child;
    __asm__ volatile(
        "vmovdqu (%1), %%ymm7\n\tmovl $57, %%eax\n\tsyscall\n\tvmovdqu %%ymm7, (%2)\n\tvzeroupper"
        : "=&a"(child)
        : "r"(in), "r"(out)
        : "rcx", "r11", "memory", "xmm7");
    return child;
}

int main(void)
{
    long in[4] = {11, 22, 33, 44}, out[4] = {11, 22, 33, 44};
    long child;
    if (__builtin_cpu_supports("avx")) {
        memset(out, 0, sizeof out);
        child = fork_with_ymm(in, out);
    } else {
        child = fork_child();
    }
    if (child == 0) {
        say("child: %d\n", memcmp(in, out, sizeof in) == 0);
        _exit(0);
    }
    reap((pid_t)child);
    say("parent: %d\n", memcmp(in, out, sizeof in) == 0);
    return 0;
}
