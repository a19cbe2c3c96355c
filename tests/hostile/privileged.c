/*
 * privileged taint|look: puts code of its own behind a gate that the CPU enters at CPL 0, and there changes
 * registers that the next program on this CPU would suffer from, or prints them.
 */
#include "tables.h"
#include <setjmp.h>

enum { MSR_READ = 1, MSR_WRITE, DR0_READ, DR0_WRITE, DR7_READ, DR7_WRITE, CR4_READ, CR4_WRITE, XCR0_WRITE };

__attribute__((used)) static struct {
    uint64_t operation, index, value;
} volatile work;

/* Entered at CPL 0. What KVM emulates must be simple. */
__attribute__((naked, used)) static void at_cpl0(void)
{
    __asm__("push %rax; push %rcx; push %rdx; push %rbx\n"
            "mov work+8(%rip), %rcx; mov work+16(%rip), %rax; mov work+20(%rip), %edx; mov work(%rip), %rbx\n"
            "cmp $1, %rbx; jne 2f; rdmsr; jmp 90f\n"
            "2: cmp $2, %rbx; jne 3f; mov %eax, %eax; wrmsr; jmp 99f\n"
            "3: cmp $3, %rbx; jne 4f; mov %dr0, %rax; jmp 91f\n"
            "4: cmp $4, %rbx; jne 5f; mov %rax, %dr0; jmp 99f\n"
            "5: cmp $5, %rbx; jne 6f; mov %dr7, %rax; jmp 91f\n"
            "6: cmp $6, %rbx; jne 7f; mov %rax, %dr7; jmp 99f\n"
            "7: cmp $7, %rbx; jne 8f; mov %cr4, %rax; jmp 91f\n"
            "8: cmp $8, %rbx; jne 9f; mov %rax, %cr4; jmp 99f\n"
            "9: xsetbv; jmp 99f\n"
            "90: mov %eax, work+16(%rip); mov %edx, work+20(%rip); jmp 99f\n"
            "91: mov %rax, work+16(%rip)\n"
            "99: pop %rbx; pop %rdx; pop %rcx; pop %rax; iretq\n");
}

static sigjmp_buf refused;

static void on_fault(int signal)
{
    siglongjmp(refused, signal);
}

/* 0: the CPU or KVM knows no such register. */
static int at(int operation, uint64_t index, uint64_t *value)
{
    if (sigsetjmp(refused, 1))
        return 0;
    work.operation = (uint64_t)operation;
    work.index = index;
    work.value = *value;
    __asm__ volatile("int3" : : : "memory");
    *value = work.value;
    return 1;
}

/* A copy of the page with the gates takes its place; what is behind int3 in it is ours. */
static void take_gate(void)
{
    static char copy[2 * UB_PAGE] __attribute__((aligned(UB_PAGE)));
    const uint64_t *descriptor = (const uint64_t *)(UB_SYSTEM_PAGE + 2 * UB_PAGE + 3 * 16);
    uint64_t gate = (descriptor[0] & 0xffff) | (descriptor[0] >> 48 << 16) | descriptor[1] << 32;
    uint64_t page = gate & ~(uint64_t)(UB_PAGE - 1), target = (uint64_t)&at_cpl0;
    memcpy(copy, (const void *)page, UB_PAGE);
    *entry_of(page) = (*entry_of((uint64_t)copy) & TABLES_FRAME) | TABLES_ALL;
    for (int i = 0; i < 2; i++) /* the library OS asks the CPU to forget what it knew */
        mprotect(copy + UB_PAGE, UB_PAGE, i ? PROT_READ : PROT_NONE);
    fork() ? wait(NULL) : exit(0);
    char *code = copy + (gate - page);
    code[0] = 0x50; /* push %rax; movabs $target, %rax; xchg %rax, (%rsp); ret */
    code[1] = 0x48;
    code[2] = (char)0xb8;
    memcpy(code + 3, &target, 8);
    memcpy(code + 11, "\x48\x87\x04\x24\xc3", 5);
}

static const struct {
    uint32_t index;
    uint64_t value;
} registers[] = {
    {0xc0000081, 0x1122334455667788},
    {0xc0000082, 0x7ffff1234000},
    {0xc0000083, 0x7ffff1235000},
    {0xc0000084, 0x4700},
    {0x174, 0x33},
    {0x175, 0x7ffff1236000},
    {0x176, 0x7ffff1237000},
    {0xc0000102, 0x7ffff1238000},
    {0xc0000103, 0x77},
    {0x277, 0x606060606060606},
    {0x200, 6},
    {0x2ff, 0xc06},
    {0x4b564d01, 0x20001},
    {0x4b564d03, 0x20041},
    {0x4b564d02, 0x20001},
    {0x4b564d04, 0x20001},
    {0x3b, 0x123456},
};

static void look(void)
{
    uint64_t value = 0, now;
    for (size_t i = 0; i < sizeof registers / sizeof *registers; i++)
        if (at(MSR_READ, registers[i].index, &value))
            printf("%#x: %#lx\n", registers[i].index, value);
    for (int operation = DR0_READ; operation <= CR4_READ; operation += 2)
        if (at(operation, 0, &value))
            printf("register %d: %#lx\n", operation, value);
    __asm__ volatile("xgetbv" : "=a"(now) : "c"(0) : "rdx");
    printf("XCR0: %#lx\n", now);
    const volatile struct ub_system *system = (const volatile struct ub_system *)UB_SYSTEM_PAGE;
    __asm__ volatile("rdtsc; shl $32, %%rdx; or %%rdx, %%rax" : "=a"(now) : : "rdx");
    printf("the clock goes %s\n", now - system->clock_tsc < 1UL << 40 ? "right" : "wrong");
}

static void taint(void)
{
    uint64_t value, count = 0;
    for (size_t i = 0; i < sizeof registers / sizeof *registers; i++) {
        value = registers[i].value;
        count += (uint64_t)at(MSR_WRITE, registers[i].index, &value);
    }
    value = (uint64_t)&look;
    count += (uint64_t)at(DR0_WRITE, 0, &value);
    value = 0x401;
    count += (uint64_t)at(DR7_WRITE, 0, &value);
    printf("%s\n", count > 5 ? "changed" : "nothing to change");
    fflush(stdout);
    value = 1UL << 50;
    at(MSR_WRITE, 0x10, &value);
    if (at(CR4_READ, 0, &value)) {
        value |= 4; /* rdtsc is forbidden to programs */
        at(CR4_WRITE, 0, &value);
    }
    value = 3; /* not every KVM emulates this: then it is the end, which is as good here */
    at(XCR0_WRITE, 0, &value);
    hypercall(UB_HC_EXIT, 0, 0, 0, 0, 0);
}

int main(int argc, char **argv)
{
    signal(SIGSEGV, on_fault);
    signal(SIGILL, on_fault);
    signal(SIGTRAP, on_fault);
    signal(SIGBUS, on_fault);
    take_gate();
    if (argc > 1 && is(argv[1], "taint"))
        taint();
    look();
    return 0;
}
