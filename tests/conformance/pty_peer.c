/* TIOCGPTPEER opens the other end without its name, with flags of its own, and not of a locked pair. */
#include "observe_terminal.h"

#ifndef TIOCGPTPEER
#define TIOCGPTPEER 0x5441
#endif

int main(void)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    MUST(master);
    say_result("locked", ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY));
    MUST(unlockpt(master));
    int slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    MUST(slave);
    say("close-on-exec %d, flags %o\n", fcntl(slave, F_GETFD),
        fcntl(slave, F_GETFL) & (O_ACCMODE | O_NONBLOCK));
    say_read("nothing typed", slave, 10);
    type(master, "a line\n");
    await(slave, POLLIN);
    say_read("typed", slave, 10);
    say_result("its peer", ioctl(slave, TIOCGPTPEER, O_RDWR));
    int ends[2];
    make_pipe(ends);
    say_result("a pipe's", ioctl(ends[0], TIOCGPTPEER, O_RDWR));
    int reader = ioctl(master, TIOCGPTPEER, O_RDONLY | O_NOCTTY);
    MUST(reader);
    say_result("write to one for reading", write(reader, "x", 1));
    return 0;
}
