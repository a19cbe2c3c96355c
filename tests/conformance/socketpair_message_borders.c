/* datagrams and sequenced packets keep their borders; what does not fit the buffer is cut off. */
#include "observe.h"

#include <sys/socket.h>

int main(void)
{
    const int types[] = {SOCK_DGRAM, SOCK_SEQPACKET};
    char buffer[64];
    for (int i = 0; i < 2; i++) {
        int ends[2];
        MUST(socketpair(AF_UNIX, types[i], 0, ends));
        MUST(send(ends[0], "one", 3, 0));
        MUST(send(ends[0], "fourteen bytes", 14, 0));
        MUST(send(ends[0], "last", 4, 0));
        say_result("first", recv(ends[1], buffer, sizeof buffer, 0));
        say_result("cut", recv(ends[1], buffer, 5, MSG_TRUNC));
        say_result("peek", recv(ends[1], buffer, sizeof buffer, MSG_PEEK));
        say_result("third", recv(ends[1], buffer, sizeof buffer, 0));
        say_result("none", recv(ends[1], buffer, sizeof buffer, MSG_DONTWAIT));
        if (types[i] == SOCK_SEQPACKET) {
            close_fd(ends[0]);
            say_result("closed", recv(ends[1], buffer, sizeof buffer, 0));
        } else {
            MUST(send(ends[0], "", 0, 0));
            say_result("empty message", recv(ends[1], buffer, sizeof buffer, 0));
        }
    }
    return 0;
}
