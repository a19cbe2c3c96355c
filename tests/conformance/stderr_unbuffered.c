/* standard error is separate from standard output. */
#include "observe.h"

int main(void)
{
    say("to stdout\n");
    fprintf(stderr, "to stderr\n");
    say("to stdout again\n");
    return 0;
}
