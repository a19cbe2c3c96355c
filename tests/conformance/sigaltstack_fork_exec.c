/* a forked child keeps the alternative stack; exec disables it. */
#include "observe.h"

int main(int argc, char **argv)
{
    stack_t now;
    if (argc > 1) {
        MUST(sigaltstack(NULL, &now));
        say("after exec: disabled %d\n", now.ss_flags == SS_DISABLE);
        return 0;
    }
    stack_t stack = {.ss_sp = malloc(65536), .ss_size = 65536};
    MUST(sigaltstack(&stack, NULL));
    pid_t child = fork_child();
    if (child == 0) {
        MUST(sigaltstack(NULL, &now));
        say("child: same %d, size %zu, flags %d\n", now.ss_sp == stack.ss_sp, now.ss_size, now.ss_flags);
        _exit(0);
    }
    say_status("child", reap(child));
    stack.ss_size = 100;
    say_result("too small", sigaltstack(&stack, NULL));
    char *const arguments[] = {argv[0], (char[]){"again"}, NULL};
    MUST(execv("/proc/self/exe", arguments));
    return 1;
}
