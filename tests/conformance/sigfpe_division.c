/* an integer division by zero kills with SIGFPE; a handler learns FPE_INTDIV. */
#include "observe.h"

static void on_signal(int number, siginfo_t *info, void *context)
{
    (void)context;
    say("SIGFPE %d, FPE_INTDIV %d\n", number == SIGFPE, info->si_code == FPE_INTDIV);
    _exit(9);
}

static void divide(void)
{
    __asm__ volatile("xorl %%ecx, %%ecx\n\txorl %%edx, %%edx\n\tmovl $1, %%eax\n\tdivl %%ecx" ::
                         : "eax", "ecx", "edx", "cc");
}

static void handled(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO;
    MUST(sigaction(SIGFPE, &action, NULL));
    divide();
}

int main(void)
{
    say_status("default", run_child(divide));
    say_status("handled", run_child(handled));
    return 0;
}
