/* What cpuid answers in a program's own code is what it answers in code made at run time, and nothing else changes. */
#include <cpuid.h>
#include <sys/mman.h>

#include "observe.h"

struct answer {
    unsigned eax, ebx, ecx, edx;
};

/* void (unsigned leaf, unsigned subleaf, struct answer *answer) */
static const unsigned char made[] = {
    0x53,                   /* push %rbx */
    0x49, 0x89, 0xd0,       /* mov %rdx, %r8 */
    0x89, 0xf8,             /* mov %edi, %eax */
    0x89, 0xf1,             /* mov %esi, %ecx */
    0x0f, 0xa2,             /* cpuid */
    0x41, 0x89, 0x00,       /* mov %eax, (%r8) */
    0x41, 0x89, 0x58, 0x04, /* mov %ebx, 4(%r8) */
    0x41, 0x89, 0x48, 0x08, /* mov %ecx, 8(%r8) */
    0x41, 0x89, 0x50, 0x0c, /* mov %edx, 12(%r8) */
    0x5b, 0xc3,             /* pop %rbx; ret */
};

static struct answer ask(unsigned leaf, unsigned subleaf)
{
    struct answer a;
    __cpuid_count(leaf, subleaf, a.eax, a.ebx, a.ecx, a.edx);
    return a;
}

/* long disturbs(void): whether flags, the red zone or another register change. */
__asm__(".text\n"
        "disturbs:\n\t"
        "push %rbx\n\t"
        "sub $256, %rsp\n\t"
        "movabs $0x1234567887654321, %r9\n\t"
        "mov %r9, -8(%rsp); mov %r9, -128(%rsp); mov %r9, %rsi; mov %r9, %rdi; mov %r9, %r8\n\t"
        "mov $0x7fffffff, %r10d\n\t"
        "mov $0, %eax; mov $0, %ecx\n\t"
        "cmp $-1, %r10d\n\t" /* carry, overflow, sign */
        "mov $0, %eax\n\t"
        "cpuid\n\t"
        "mov %eax, %r11d\n\t"
        "setno %al; setnc %cl; setns %dl; or %cl, %al; or %dl, %al\n\t"
        "cmp %r9, -8(%rsp); setne %cl; or %cl, %al\n\t"
        "cmp %r9, -128(%rsp); setne %cl; or %cl, %al\n\t"
        "cmp %r9, %rsi; setne %cl; or %cl, %al\n\t"
        "cmp %r9, %rdi; setne %cl; or %cl, %al\n\t"
        "cmp %r9, %r8; setne %cl; or %cl, %al\n\t"
        "movzx %al, %eax\n\t"
        "add $256, %rsp\n\t"
        "pop %rbx\n\t"
        "ret\n");
long disturbs(void);

int main(void)
{
    static const unsigned leaves[] = {0,          1,          2,          4,          5,         6,    7,
                                      9,          0xa,        0xd,        0x14,       0x15,      0x16, 0x19,
                                      0x80000000, 0x80000001, 0x80000002, 0x80000006, 0x80000008};
    unsigned char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    MUST(page == MAP_FAILED ? -1 : 0);
    memcpy(page, made, sizeof made);
    MUST(mprotect(page, 4096, PROT_READ | PROT_EXEC));
    void (*real)(unsigned, unsigned, struct answer *) =
        (void (*)(unsigned, unsigned, struct answer *))(void *)page;
    int differ = 0;
    for (unsigned i = 0; i < sizeof leaves / sizeof *leaves; i++)
        for (unsigned subleaf = 0; subleaf < 20; subleaf++) {
            struct answer told = ask(leaves[i], subleaf), is;
            real(leaves[i], subleaf, &is);
            if (leaves[i] == 1) /* the core's own number */
                told.ebx &= 0xffffff, is.ebx &= 0xffffff;
            if (leaves[i] == 0xd && subleaf > 1 &&
                !told.eax) /* a component that is not supported: no more than zeros is promised */
                continue;
            if (memcmp(&told, &is, sizeof is)) {
                differ++;
                fprintf(stderr, "leaf %x.%x: %x %x %x %x, not %x %x %x %x\n", leaves[i], subleaf, told.eax,
                        told.ebx, told.ecx, told.edx, is.eax, is.ebx, is.ecx, is.edx);
            }
        }
    say("%d leaves differ\n", differ);
    say("disturbs: %ld\n", disturbs());
    return 0;
}
