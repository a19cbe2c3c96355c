/* read returns what is there, also when less than asked for. */
#include "observe.h"

int main(void)
{
    int ends[2];
    char buffer[100];
    make_pipe(ends);
    MUST(write(ends[1], "abcdefg", 7));
    ssize_t n = read(ends[0], buffer, 3);
    say("%zd %.*s\n", n, (int)n, buffer);
    n = read(ends[0], buffer, sizeof buffer);
    say("%zd %.*s\n", n, (int)n, buffer);
    return 0;
}
