/* lseek and pread on a pipe fail with ESPIPE. */
#include "observe.h"

int main(void)
{
    int ends[2];
    char byte;
    make_pipe(ends);
    say_result("lseek", lseek(ends[0], 0, SEEK_SET));
    say_result("pread", pread(ends[0], &byte, 1, 0));
    return 0;
}
