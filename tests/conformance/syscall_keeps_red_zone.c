/* a system call leaves the 128 bytes below the stack pointer as they are. */
#include "observe.h"

int main(void)
{
    unsigned long found;
    __asm__ volatile(
        "movq $0x1234, -8(%%rsp)\n\tmovq $0x5678, -128(%%rsp)\n\tmovl $39, %%eax\n\tsyscall\n\t"
        "movq -8(%%rsp), %0\n\txorq $0x1234, %0\n\tmovq -128(%%rsp), %%rcx\n\txorq $0x5678, %%rcx\n\t"
        "orq %%rcx, %0"
        : "=&d"(found)
        :
        : "rax", "rcx", "r11", "memory");
    say("changed bits: %lu\n", found);
    return 0;
}
