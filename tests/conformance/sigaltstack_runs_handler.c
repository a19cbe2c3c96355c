/* a handler with SA_ONSTACK runs on the alternative stack, others on the ordinary one. */
#include "observe.h"

static char *stack;
static size_t stack_size = 65536;
static volatile int on_stack;

static void on_signal(int number)
{
    char here = (char)number;
    on_stack = opaque((uintptr_t)&here) - (uintptr_t)stack < stack_size;
}

int main(void)
{
    stack = malloc(stack_size);
    stack_t alternative, old;
    memset(&alternative, 0, sizeof alternative);
    alternative.ss_sp = stack;
    alternative.ss_size = stack_size;
    MUST(sigaltstack(&alternative, NULL));
    MUST(sigaltstack(NULL, &old));
    say("reads back: %d\n", old.ss_sp == stack && old.ss_size == stack_size);
    handle(SIGUSR1, on_signal, SA_ONSTACK);
    raise(SIGUSR1);
    say("with SA_ONSTACK: %d\n", on_stack);
    handle(SIGUSR1, on_signal, 0);
    raise(SIGUSR1);
    say("without: %d\n", on_stack);
    return 0;
}
