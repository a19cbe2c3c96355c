/* /proc/net/tcp, tcp6, udp, udp6 and unix tell sockets with their addresses, states, queues and inodes. */
#include "observe_sockets.h"

static char table[1 << 20];

static void read_table(const char *name)
{
    size_t length = 0;
    FILE *file = fopen(name, "r");
    MUST(file ? 0 : -1);
    length = fread(table, 1, sizeof table - 1, file);
    table[length] = 0;
    fclose(file);
}

static unsigned port_of(const struct address *at)
{
    return ntohs(at->at.any.sa_family == AF_INET ? at->at.four.sin_port : at->at.six.sin6_port);
}

/* The row of a socket, with ports, inode, users and addresses of the kernel by their meaning. */
static void say_internet(const char *who, const char *name, int fd)
{
    struct stat st;
    struct address own = name_of(fd), peer;
    peer.length = sizeof peer.at;
    int connected = getpeername(fd, &peer.at.any, &peer.length) == 0;
    MUST(fstat(fd, &st));
    read_table(name);
    for (char *line = strtok(table, "\n"); line; line = strtok(NULL, "\n")) {
        char local[64], remote[64], queues[64], timer[32], retransmits[32], rest[256] = "";
        unsigned state, user, local_port, remote_port, row;
        unsigned long timeout, inode;
        int refs;
        if (sscanf(line,
                   " %u: %40[0-9A-F]:%4x %40[0-9A-F]:%4x %2x %40s %30s %30s %u %lu %lu %d %*s %200[^\n]",
                   &row, local, &local_port, remote, &remote_port, &state, queues, timer, retransmits, &user,
                   &timeout, &inode, &refs, rest) < 13 ||
            inode != st.st_ino)
            continue;
        say("%s: %s%s %s%s %02X %s %s %s%s %lu %d, %zu\n", who, local,
            local_port == port_of(&own) ? "" : " port?", remote,
            remote_port == (connected ? port_of(&peer) : 0) ? "" : " port?", state, queues, timer,
            retransmits, user == geteuid() ? "" : " user?", timeout,
            state == 1 && strstr(name, "tcp") ? 0 : refs, /* timers of a connection have some, too */
            strchr(name, '6') ? (size_t)0 : strlen(line));
        return;
    }
    say("%s: no row\n", who);
}

static void say_unix(const char *who, int fd)
{
    struct stat st;
    MUST(fstat(fd, &st));
    read_table("/proc/net/unix");
    for (char *line = strtok(table, "\n"); line; line = strtok(NULL, "\n")) {
        unsigned refs, protocol, flags, type, state;
        unsigned long inode;
        int at = 0;
        if (sscanf(line, "%*[^:]: %x %x %x %x %x %lu%n", &refs, &protocol, &flags, &type, &state, &inode,
                   &at) < 6 ||
            inode != st.st_ino)
            continue;
        say("%s: %08X %08X %08X %04X %02X%s\n", who, refs, protocol, flags, type, state, line + at);
        return;
    }
    say("%s: no row\n", who);
}

static void internet(int family, const char *tcp, const char *udp)
{
    struct address at = loopback_address(family, 0);
    say("-- %s\n", family_name(family));
    int listener = listen_at(&at, 4), ends[2];
    say_internet("listens", tcp, listener);
    ends[0] = new_socket(family, SOCK_STREAM);
    say_internet("fresh", tcp, ends[0]);
    MUST(connect_to(ends[0], &at));
    ends[1] = accept(listener, NULL, NULL);
    MUST(ends[1]);
    say_internet("client", tcp, ends[0]);
    say_internet("server", tcp, ends[1]);
    at = loopback_address(family, 0);
    int d = new_socket(family, SOCK_DGRAM), e = new_socket(family, SOCK_DGRAM);
    say_internet("no port", udp, d);
    MUST(bind_to(d, &at));
    say_internet("bound", udp, d);
    at = name_of(d);
    MUST(connect_to(e, &at));
    say_internet("connected", udp, e);
    for (int fd = listener; fd <= e; fd++)
        close_fd(fd);
}

int main(void)
{
    internet(AF_INET, "/proc/net/tcp", "/proc/net/udp");
    internet(AF_INET6, "/proc/net/tcp6", "/proc/net/udp6");
    struct address at = local_address("@unibench-table");
    int listener = listen_at(&at, 4), client = new_socket(AF_UNIX, SOCK_STREAM), server;
    say_unix("listens", listener);
    say_unix("fresh", client);
    MUST(connect_to(client, &at));
    server = accept(listener, NULL, NULL);
    MUST(server);
    say_unix("client", client);
    say_unix("server", server);
    at = local_address("table.sock");
    int d = new_socket(AF_UNIX, SOCK_DGRAM);
    MUST(bind_to(d, &at));
    say_unix("path", d);
    MUST(unlink("table.sock"));
    return 0;
}
