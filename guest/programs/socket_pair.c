#include "socket_pair.h"

#include "bench.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>

union address {
    struct sockaddr any;
    struct sockaddr_un local;
    struct sockaddr_in internet;
};

static void without_delay(int fd)
{
    int on = 1;
    if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) < 0)
        bench_die("setsockopt(TCP_NODELAY)");
}

static int new_socket(int family)
{
    int fd = socket(family, SOCK_STREAM, 0);
    if (fd < 0)
        bench_die("socket");
    return fd;
}

void socket_pair(int64_t family, int ends[2])
{
    /* Of the Unix family: an abstract name that the system chooses. */
    int domain = family == FAMILY_TCP ? AF_INET : AF_UNIX;
    union address at = {.any.sa_family = (sa_family_t)domain};
    socklen_t length = sizeof(sa_family_t);
    if (family == FAMILY_TCP) {
        at.internet.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        length = sizeof at.internet;
    }
    int listener = new_socket(domain);
    if (bind(listener, &at.any, length) < 0)
        bench_die("bind");
    if (listen(listener, 1) < 0)
        bench_die("listen");
    length = sizeof at;
    if (getsockname(listener, &at.any, &length) < 0)
        bench_die("getsockname");
    ends[0] = new_socket(domain);
    if (connect(ends[0], &at.any, length) < 0)
        bench_die("connect");
    ends[1] = accept(listener, NULL, NULL);
    if (ends[1] < 0)
        bench_die("accept");
    bench_close(listener);
    for (int i = 0; i < 2 && family == FAMILY_TCP; i++)
        without_delay(ends[i]);
}
