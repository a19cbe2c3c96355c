/* splice waits for bytes and for room: a megabyte goes through a chain of pipes in order. */
#include "observe.h"

#define TOTAL (1 << 20)

int main(void)
{
    int in[2], out[2];
    make_pipe(in);
    make_pipe(out);
    pid_t source = fork_child();
    if (source == 0) {
        static unsigned char bytes[5000];
        for (int sent = 0; sent < TOTAL;) {
            int piece = TOTAL - sent < 5000 ? TOTAL - sent : 5000;
            for (int i = 0; i < piece; i++)
                bytes[i] = (unsigned char)((sent + i) * 7 >> 3);
            MUST(write(in[1], bytes, (size_t)piece));
            sent += piece;
        }
        _exit(0);
    }
    pid_t middle = fork_child();
    if (middle == 0) {
        ssize_t moved;
        close_fd(in[1]);
        close_fd(out[0]);
        while ((moved = splice(in[0], NULL, out[1], NULL, 70000, 0)) > 0)
            ;
        _exit(moved < 0);
    }
    close_fd(in[0]);
    close_fd(in[1]);
    close_fd(out[1]);
    static unsigned char bytes[3000];
    int at = 0, wrong = 0;
    for (ssize_t n; (n = read(out[0], bytes, sizeof bytes)) > 0; at += (int)n)
        for (int i = 0; i < n; i++)
            wrong += bytes[i] != (unsigned char)((at + i) * 7 >> 3);
    say("%d bytes, %d wrong\n", at, wrong);
    say_status("source", reap(source));
    say_status("middle", reap(middle));
    return 0;
}
