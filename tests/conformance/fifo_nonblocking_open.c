/* O_NONBLOCK: a FIFO opens for reading at once, for writing only if somebody reads (ENXIO). */
#include "observe.h"

int main(void)
{
    MUST(mkfifo("p", 0600));
    say_result("writer alone", open("p", O_WRONLY | O_NONBLOCK));
    int in = open("p", O_RDONLY | O_NONBLOCK);
    say_result("reader alone", in >= 0);
    char byte;
    say_result("empty, no writer", read(in, &byte, 1));
    int out = open("p", O_WRONLY | O_NONBLOCK);
    say_result("writer", out >= 0);
    say_result("empty", read(in, &byte, 1));
    send_byte(out, 'x');
    say("%c\n", take_byte(in));
    close_fd(in);
    signal(SIGPIPE, SIG_IGN);
    say_result("no reader", write(out, "x", 1));
    int both = open("p", O_RDWR);
    send_byte(both, 'y');
    say("%c\n", take_byte(both));
    say_result("exists", mkfifo("p", 0600));
    return 0;
}
