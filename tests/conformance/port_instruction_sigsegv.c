/* instructions for input and output ports are forbidden: SIGSEGV, which a handler may leave. */
#include "observe.h"
#include <setjmp.h>

static sigjmp_buf back;

static void leave(int number)
{
    siglongjmp(back, number);
}

static void out(void)
{
    __asm__ volatile("outb %%al, $0x80" ::"a"(0));
}

int main(void)
{
    unsigned char byte = 0;
    handle(SIGSEGV, leave, 0);
    for (int i = 0; i < 3; i++) {
        int number = sigsetjmp(back, 1);
        if (number)
            say("out: signal %d\n", number);
        else
            out();
    }
    int number = sigsetjmp(back, 1);
    if (number)
        say("in: signal %d\n", number);
    else
        __asm__ volatile("inb $0x80, %0" : "=a"(byte));
    handle(SIGSEGV, SIG_DFL, 0);
    say_status("without a handler", run_child(out));
    return 0;
}
