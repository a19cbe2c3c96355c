/* SIGSEGV tells the address and whether it was unmapped or protected. */
#include "observe.h"

static char *expected;

static void on_signal(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)context;
    say("address right: %d, MAPERR %d, ACCERR %d\n", info->si_addr == (void *)expected,
        info->si_code == SEGV_MAPERR, info->si_code == SEGV_ACCERR);
    _exit(0);
}

static void unmapped(void)
{
    MUST(munmap(expected, 4096));
    *(volatile char *)expected = 1;
}

static void protected(void)
{
    MUST(mprotect(expected, 4096, PROT_READ));
    *(volatile char *)expected = 1;
}

int main(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO;
    MUST(sigaction(SIGSEGV, &action, NULL));
    expected = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    say_status("unmapped", run_child(unmapped));
    say_status("protected", run_child(protected));
    return 0;
}
