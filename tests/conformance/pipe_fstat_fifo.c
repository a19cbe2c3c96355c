/* fstat says that a pipe is a FIFO. */
#include "observe.h"

int main(void)
{
    struct stat about;
    int ends[2];
    make_pipe(ends);
    for (int i = 0; i < 2; i++) {
        MUST(fstat(ends[i], &about));
        say("end %d is a FIFO: %d\n", i, S_ISFIFO(about.st_mode) != 0);
    }
    return 0;
}
