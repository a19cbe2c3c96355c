/* a connected datagram socket receives from its peer alone; AF_UNSPEC ends that. */
#include "observe_sockets.h"

int main(void)
{
    char text[8];
    struct address a = loopback_address(AF_INET, 0), b = a, c = a;
    int one = new_socket(AF_INET, SOCK_DGRAM), two = new_socket(AF_INET, SOCK_DGRAM),
        three = new_socket(AF_INET, SOCK_DGRAM);
    MUST(bind_to(one, &a));
    MUST(bind_to(two, &b));
    MUST(bind_to(three, &c));
    a = name_of(one);
    close_fd(one);
    one = new_socket(AF_INET, SOCK_DGRAM); /* a port that was asked for by number stays */
    MUST(bind_to(one, &a));
    b = name_of(two);
    MUST(connect_to(one, &b));
    MUST(sendto(three, "lost", 4, 0, &a.at.any, a.length));
    MUST(sendto(two, "taken", 5, 0, &a.at.any, a.length));
    say_read("from the peer", one);
    say_result("nothing else", recv(one, text, sizeof text, MSG_DONTWAIT));
    struct sockaddr none = {.sa_family = AF_UNSPEC};
    say_result("end", connect(one, &none, sizeof none));
    MUST(sendto(three, "open", 4, 0, &a.at.any, a.length));
    say_read("from anybody", one);
    close_fd(two);
    MUST(connect_to(one, &b));
    say_result("into nothing", send(one, "x", 1, 0));
    say_result("refused", send(one, "x", 1, 0));
    struct address local = local_address("@unibench-d1");
    int d1 = new_socket(AF_UNIX, SOCK_DGRAM), d2 = new_socket(AF_UNIX, SOCK_DGRAM),
        s = new_socket(AF_UNIX, SOCK_STREAM);
    MUST(bind_to(d1, &local));
    say_result("wrong type", connect_to(s, &local));
    say_result("connect", connect_to(d2, &local));
    struct address other = local_address("@unibench-nobody");
    say_result("nobody", sendto(d2, "x", 1, 0, &other.at.any, other.length));
    other = local_address("missing");
    say_result("missing", sendto(d2, "x", 1, 0, &other.at.any, other.length));
    return 0;
}
