/* execv passes its arguments, empty ones and long ones too. */
#include "observe.h"

int main(int argc, char **argv)
{
    if (argc > 1) {
        say("%d: [%s] [%s] [%s] %d\n", argc, argv[0], argv[1], argv[2], (int)strlen(argv[3]));
        say("the end: %d\n", argv[argc] == NULL);
        return 5;
    }
    static char long_one[10001];
    memset(long_one, 'l', 10000);
    char *const arguments[] = {(char[]){"zero"}, (char[]){""}, (char[]){"two words"}, long_one, NULL};
    MUST(execv("/proc/self/exe", arguments));
    return 1;
}
