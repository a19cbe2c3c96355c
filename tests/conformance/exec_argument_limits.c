/* execve: a string of 131072 bytes is E2BIG; a program that is not there is ENOENT before that. */
#include "observe.h"

int main(int argc, char **argv)
{
    static char text[131073];
    if (argc == 2) {
        say("length %zu\n", strlen(argv[1]));
        return 0;
    }
    memset(text, 'x', sizeof text - 1);
    char *arguments[] = {argv[0], text, NULL}, *none[] = {NULL};
    say_result("too long", execve("/proc/self/exe", arguments, none));
    say_result("no program", execve("./none", arguments, none));
    text[131071] = 0;
    say_result("as long as it may be", execve("/proc/self/exe", arguments, none));
    return 1;
}
