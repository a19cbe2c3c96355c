/* one string of an exec has at most 131,072 bytes with its NUL: E2BIG beyond. */
#include "proc_fields.h"

extern char **environ;

int main(int argc, char **argv)
{
    if (argc > 1) {
        say("got %zu bytes\n", strlen(argv[1]));
        return 0;
    }
    static char text[131073];
    memset(text, 'x', 131071);
    pid_t child = fork_child();
    if (child == 0) {
        execve("/proc/self/exe", STRINGS("x", text), environ);
        _exit(1);
    }
    say_status("131,071", reap(child));
    text[131071] = 'x';
    say_result("131,072 in argv", execve("/proc/self/exe", STRINGS("x", text), environ));
    say_result("131,072 in envp", execve("/proc/self/exe", STRINGS("x"), STRINGS(text)));
    return 0;
}
