/* execve replaces the environment; execv keeps it, with changes by setenv. */
#include "observe.h"

extern char **environ;

int main(int argc, char **argv)
{
    char *const again[] = {argv[0], (char[]){"again"}, NULL};
    char *const once_more[] = {argv[0], (char[]){"once"}, (char[]){"more"}, NULL};
    char *const environment[] = {(char[]){"ONE=1"}, (char[]){"EMPTY="}, NULL};
    if (argc == 1)
        MUST(execve("/proc/self/exe", again, environment));
    int count = 0;
    while (environ[count] != NULL)
        count++;
    const char *one = getenv("ONE"), *empty = getenv("EMPTY"), *two = getenv("TWO");
    say("%d variables: ONE %s, EMPTY [%s], TWO %s\n", count, one, empty, two ? two : "unset");
    if (argc == 2) {
        MUST(setenv("TWO", "2", 1));
        MUST(execv("/proc/self/exe", once_more));
    }
    return 0;
}
