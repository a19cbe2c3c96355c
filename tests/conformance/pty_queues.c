/* FIONREAD, TIOCOUTQ, tcflush, TCSADRAIN and TCSAFLUSH: what waits is counted, shown or thrown away. */
#include "observe_terminal.h"

static int master, slave;

static int waiting(int fd)
{
    int count = -1;
    MUST(ioctl(fd, FIONREAD, &count));
    return count;
}

int main(void)
{
    open_pair(&master, &slave);
    change_local(slave, ECHO, 0);
    type(master, "one\ntwo");
    await(slave, POLLIN);
    say("whole lines %d\n", waiting(slave));
    make_raw(slave, 1, 0);
    await(slave, POLLIN);
    say("all of it %d\n", waiting(slave));
    MUST(tcflush(slave, TCIFLUSH));
    say("flushed %d\n", waiting(slave));
    say_events("then", slave);

    type(master, "abc");
    await(slave, POLLIN);
    struct termios modes = modes_of(slave);
    MUST(tcsetattr(slave, TCSANOW, &modes));
    say("kept by TCSANOW %d\n", waiting(slave));
    MUST(tcsetattr(slave, TCSADRAIN, &modes));
    say("kept by TCSADRAIN %d\n", waiting(slave));
    MUST(tcsetattr(slave, TCSAFLUSH, &modes));
    say("gone by TCSAFLUSH %d\n", waiting(slave));

    MUST(write(slave, "shown", 5));
    await(master, POLLIN);
    say("to show %d\n", waiting(master));
    MUST(tcdrain(slave));
    MUST(tcflush(slave, TCOFLUSH));
    MUST(tcflush(slave, TCIOFLUSH));
    say_result("other queue", tcflush(slave, 7));
    int queued = -1;
    MUST(ioctl(slave, TIOCOUTQ, &queued));
    say("queued %d\n", queued);
    MUST(tcsendbreak(slave, 0));
    say_result("settings of nothing", tcsetattr(slave, 9, &modes));
    return 0;
}
