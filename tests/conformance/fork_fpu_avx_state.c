/* vector registers and the FPU's control words survive fork in the parent and in the child. */
#include "observe.h"

#include <fenv.h>

static int check(void)
{
    int wrong = fegetround() != FE_UPWARD;
    return wrong;
}

int main(void)
{
    if (fesetround(FE_UPWARD) != 0)
        _exit(1);
    double before = 1.0;
    unsigned long child, low;
    /* fork as a bare system call, with values in vector registers that no compiler saves around it. */
    __asm__ volatile(
        "movq %2, %%xmm15\n\tmovq %2, %%xmm3\n\tmovl $57, %%eax\n\tsyscall\n\tmovq %%xmm15, %1\n\t"
        "movq %%xmm3, %%rdx\n\txorq %%rdx, %1"
        : "=&a"(child), "=&r"(low)
        : "r"(before)
        : "rcx", "r11", "rdx", "memory", "xmm15", "xmm3");
    if (child == 0) {
        say("child: registers differ by %lu, rounding wrong %d\n", low, check());
        _exit(0);
    }
    reap((pid_t)child);
    say("parent: registers differ by %lu, rounding wrong %d\n", low, check());
    return 0;
}
