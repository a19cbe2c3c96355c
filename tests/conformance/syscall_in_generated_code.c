/* a system call in code made at run time works, and keeps the flags. */
#include "observe.h"

/* mov $39 (getpid), %eax; syscall; ret */
static const unsigned char code[] = {0xb8, 39, 0, 0, 0, 0x0f, 0x05, 0xc3};

/* stc; mov $39, %eax; syscall; setc %al; movzbl %al, %eax; ret */
static const unsigned char carry[] = {0xf9, 0xb8, 39,   0,    0,    0,    0x0f, 0x05,
                                      0x0f, 0x92, 0xc0, 0x0f, 0xb6, 0xc0, 0xc3};

int main(void)
{
    unsigned char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(page, code, sizeof code);
    memcpy(page + 64, carry, sizeof carry);
    MUST(mprotect(page, 4096, PROT_READ | PROT_EXEC));
    say("own pid: %d\n", ((int (*)(void))(uintptr_t)page)() == getpid());
    say("carry: %d\n", ((int (*)(void))(uintptr_t)(page + 64))());
    return 0;
}
