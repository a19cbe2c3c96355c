/* closing a stream socket with unread data resets the peer: what it reads is ECONNRESET, then the end. */
#include "observe.h"

#include <sys/socket.h>

int main(void)
{
    int ends[2];
    char byte;
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
    send_byte(ends[0], 'x');
    close_fd(ends[1]);
    say_result("read", read(ends[0], &byte, 1));
    say_result("then", read(ends[0], &byte, 1));
    return 0;
}
