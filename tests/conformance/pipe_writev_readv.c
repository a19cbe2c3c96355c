/* writev gathers and readv scatters, across buffers of different sizes. */
#include "observe.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    char one[] = "one ", two[] = "", three[] = "three";
    struct iovec out[3] = {{one, 4}, {two, 0}, {three, 5}};
    say_result("writev", writev(ends[1], out, 3));
    char a[2], b[5], c[10];
    struct iovec in[3] = {{a, sizeof a}, {b, sizeof b}, {c, sizeof c}};
    say_result("readv", readv(ends[0], in, 3));
    say("[%.2s][%.5s][%.2s]\n", a, b, c);
    return 0;
}
