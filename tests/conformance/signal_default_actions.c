/* every signal's default effect: which kill, which stop, and which are ignored. */
#include "observe.h"

int main(void)
{
    struct rlimit none = {0, 0};
    MUST(setrlimit(RLIMIT_CORE, &none));
    for (int number = 1; number <= SIGRTMAX; number++) {
        if (number == 32 || number == 33) /* the C library's own */
            continue;
        int status;
        pid_t child = fork_child();
        if (child == 0) {
            setpgid(0, 0); /* stop signals have no effect in an orphaned group, as this program's may be */
            kill(getpid(), number);
            _exit(0);
        }
        MUST(waitpid(child, &status, WUNTRACED));
        say("%d ", number);
        say_status("by default", status);
        if (WIFSTOPPED(status)) {
            MUST(kill(child, SIGKILL));
            reap(child);
        }
    }
    return 0;
}
