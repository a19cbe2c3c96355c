/* a token passes ten times around eight processes joined by pipes. */
#include "observe.h"

enum { MEMBERS = 8, ROUNDS = 10 };

int main(void)
{
    int ring[MEMBERS][2];
    for (int i = 0; i < MEMBERS; i++)
        make_pipe(ring[i]);
    for (int i = 1; i < MEMBERS; i++) {
        if (fork_child() == 0) {
            for (int k = 0; k < MEMBERS; k++) {
                if (k != i)
                    close_fd(ring[k][0]);
                if (k != (i + 1) % MEMBERS)
                    close_fd(ring[k][1]);
            }
            int c;
            while ((c = take_byte(ring[i][0])) >= 0)
                send_byte(ring[(i + 1) % MEMBERS][1], (char)(c + 1));
            _exit(0);
        }
    }
    for (int k = 0; k < MEMBERS; k++) {
        if (k != 0)
            close_fd(ring[k][0]);
        if (k != 1)
            close_fd(ring[k][1]);
    }
    int token = 0;
    for (int i = 0; i < ROUNDS; i++) {
        send_byte(ring[1][1], (char)token);
        token = take_byte(ring[0][0]);
    }
    say("hops: %d\n", token);
    close_fd(ring[1][1]);
    say("the ring's end: %d\n", take_byte(ring[0][0]));
    for (int i = 1; i < MEMBERS; i++)
        say_status("member", reap(-1));
    return 0;
}
