/* the stack is aligned as the ABI says in main, in a handler and in a child. */
#include "observe.h"

static int aligned(void)
{
    return (uintptr_t)__builtin_frame_address(0) % 16 == 0;
}

__attribute__((noinline)) static void on_signal(int number)
{
    (void)number;
    say("handler: %d\n", aligned());
}

static void body(void)
{
    say("child: %d\n", aligned());
}

int main(void)
{
    say("main: %d\n", aligned());
    handle(SIGUSR1, on_signal, 0);
    raise(SIGUSR1);
    run_child(body);
    return 0;
}
