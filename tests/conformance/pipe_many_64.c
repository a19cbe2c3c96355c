/* 64 pipes at once carry their own bytes. */
#include "observe.h"

int main(void)
{
    int ends[64][2];
    for (int i = 0; i < 64; i++)
        make_pipe(ends[i]);
    if (fork_child() == 0) {
        for (int i = 63; i >= 0; i--)
            send_byte(ends[i][1], (char)(i + 32));
        _exit(0);
    }
    int right = 0;
    for (int i = 0; i < 64; i++)
        right += take_byte(ends[i][0]) == i + 32;
    say("right bytes: %d\n", right);
    say_status("child", reap(-1));
    return 0;
}
