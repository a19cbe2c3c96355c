/* a system call changes rax, rcx and r11 only: other registers and the flags stay. */
#include "observe.h"

int main(void)
{
    unsigned long changed = 0;
    long result;
    __asm__ volatile(
        "movq $0x1111, %%rbx\n\tmovq $0x2222, %%r12\n\tmovq $0x3333, %%r13\n\tmovq $0x4444, %%r14\n\t"
        "movq $0x5555, %%r15\n\tmovq $0x6666, %%r8\n\tmovq $0x7777, %%r9\n\tmovq $0x8888, %%r10\n\t"
        "movq $0x9999, %%rdi\n\tmovq $0xaaaa, %%rsi\n\tmovq $0xbbbb, %%rdx\n\t"
        "movl $39, %%eax\n\tstc\n\tsyscall\n\t"
        "sbbq %1, %1\n\tincq %1\n\t"
        "xorq $0x1111, %%rbx\n\torq %%rbx, %1\n\txorq $0x2222, %%r12\n\torq %%r12, %1\n\t"
        "xorq $0x3333, %%r13\n\torq %%r13, %1\n\txorq $0x4444, %%r14\n\torq %%r14, %1\n\t"
        "xorq $0x5555, %%r15\n\torq %%r15, %1\n\txorq $0x6666, %%r8\n\torq %%r8, %1\n\t"
        "xorq $0x7777, %%r9\n\torq %%r9, %1\n\txorq $0x8888, %%r10\n\torq %%r10, %1\n\t"
        "xorq $0x9999, %%rdi\n\torq %%rdi, %1\n\txorq $0xaaaa, %%rsi\n\torq %%rsi, %1\n\t"
        "xorq $0xbbbb, %%rdx\n\torq %%rdx, %1"
        : "=&a"(result), "+c"(changed)
        :
        : "rbx", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "rdi", "rsi", "rdx", "cc", "memory");
    say("own pid: %d, changed bits: %lu\n", result == getpid(), changed);
    return 0;
}
