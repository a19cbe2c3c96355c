/* SO_PEERCRED tells who connected, and who listened, whoever has the socket now. */
#include "observe_sockets.h"

static void say_peer(const char *who, int fd, pid_t expected)
{
    struct ucred peer;
    socklen_t length = sizeof peer;
    int result = getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length);
    if (result < 0)
        say_result(who, result);
    else
        say("%s: expected %d user %d group %d length %u\n", who, peer.pid == expected, peer.uid == geteuid(),
            peer.gid == getegid(), length);
}

int main(void)
{
    struct address at = local_address("server");
    int ends[2], fresh = new_socket(AF_UNIX, SOCK_STREAM), listener = listen_at(&at, 4);
    say("fresh: ");
    struct ucred peer;
    MUST(getsockopt(fresh, SOL_SOCKET, SO_PEERCRED, &peer, &(socklen_t){sizeof peer}));
    say("%d %d %d\n", peer.pid, (int)peer.uid, (int)peer.gid);
    say_peer("listener", listener, getpid());
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
    pid_t self = getpid(), child = fork_child();
    if (child == 0) {
        say_peer("pair in child", ends[1], self);
        MUST(connect_to(fresh, &at));
        say_peer("server", fresh, self);
        send_byte(fresh, 'x');
        take_byte(fresh);
        _exit(0);
    }
    int accepted = accept(listener, NULL, NULL);
    take_byte(accepted);
    say_peer("client", accepted, child);
    send_byte(accepted, 'x');
    say_status("child", reap(child));
    return 0;
}
