/* a megabyte of arguments and environment arrives whole. */
#include "observe.h"

int main(int argc, char **argv)
{
    if (argc > 2) {
        unsigned long sum = 0;
        for (int i = 0; i < argc; i++)
            for (const char *c = argv[i]; *c; c++)
                sum = sum * 31 + (unsigned char)*c;
        int variables = 0;
        for (char **e = environ; *e; e++)
            variables++;
        say("%d arguments, %lx, %d variables\n", argc, sum, variables);
        return 0;
    }
    static char *arguments[1002], *environment[502];
    for (int i = 0; i < 1000; i++) {
        arguments[i] = malloc(801);
        memset(arguments[i], 'a' + i % 26, 800);
        arguments[i][800 - i % 100] = 0;
    }
    for (int i = 0; i < 500; i++) {
        environment[i] = malloc(500);
        snprintf(environment[i], 500, "V%d=%0400d", i, i);
    }
    execve("/proc/self/exe", arguments, environment);
    say_result("exec", -1);
    return 0;
}
