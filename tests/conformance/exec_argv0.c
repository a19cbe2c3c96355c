/* a program can execute itself by the path it was started with. */
#include "observe.h"

int main(int argc, char **argv)
{
    if (argc > 1) {
        say("executed\n");
        return 0;
    }
    char *const arguments[] = {argv[0], (char[]){"again"}, NULL};
    MUST(execv(argv[0], arguments));
    return 1;
}
