/* reading the write end and writing the read end fail with EBADF. */
#include "observe.h"

int main(void)
{
    int ends[2];
    char byte = 'x';
    make_pipe(ends);
    say_result("read from the write end", read(ends[1], &byte, 1));
    say_result("write to the read end", write(ends[0], &byte, 1));
    return 0;
}
