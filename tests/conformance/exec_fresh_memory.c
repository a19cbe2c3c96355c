/* exec starts with fresh data, bss and heap. */
#include "observe.h"

static int data = 1, bss;

int main(int argc, char **argv)
{
    say("%d %d\n", data, bss);
    if (argc > 1)
        return 0;
    data = bss = 9;
    char *const arguments[] = {argv[0], (char[]){"again"}, NULL};
    MUST(execv("/proc/self/exe", arguments));
    return 1;
}
