/* poll on a FIFO sees bytes of either writer, and hang-up after both. */
#include "observe.h"

int main(void)
{
    MUST(mkfifo("p", 0600));
    int in = open("p", O_RDONLY | O_NONBLOCK);
    pid_t children[2];
    for (int c = 0; c < 2; c++)
        if ((children[c] = fork_child()) == 0) {
            int out = open("p", O_WRONLY);
            send_byte(out, (char)('a' + c));
            _exit(0);
        }
    int seen = 0;
    while (seen < 2) {
        struct pollfd wait = {in, POLLIN, 0};
        MUST(poll(&wait, 1, -1));
        char byte;
        if ((wait.revents & POLLIN) && read(in, &byte, 1) == 1)
            seen++;
    }
    reap(children[0]);
    reap(children[1]);
    struct pollfd wait = {in, POLLIN, 0};
    MUST(poll(&wait, 1, -1));
    say("%d bytes, hang-up %d\n", seen, (wait.revents & POLLHUP) != 0);
    return 0;
}
