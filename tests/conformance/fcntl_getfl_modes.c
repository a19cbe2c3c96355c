/* F_GETFL tells O_RDONLY of the read end and O_WRONLY of the write end. */
#include "observe.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    say("read end: %d\n", (fcntl(ends[0], F_GETFL) & O_ACCMODE) == O_RDONLY);
    say("write end: %d\n", (fcntl(ends[1], F_GETFL) & O_ACCMODE) == O_WRONLY);
    return 0;
}
