/* sigaltstack takes SS_DISABLE, SS_ONSTACK or nothing as its mode, and not two at once. */
#include "observe.h"

int main(void)
{
    static char memory[65536];
    for (int flags = 0; flags < 8; flags++) {
        stack_t stack = {.ss_sp = memory, .ss_flags = flags, .ss_size = sizeof memory};
        char what[16];
        snprintf(what, sizeof what, "flags %d", flags);
        say_result(what, sigaltstack(&stack, NULL));
    }
    return 0;
}
