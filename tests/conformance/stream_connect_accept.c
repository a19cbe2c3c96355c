/* a client connects, a server accepts: bytes go both ways, names are told on both sides. */
#include "observe_sockets.h"

static void say_name(const char *who, int family, const struct address *name)
{
    if (family == AF_UNIX)
        say("%s: length %u\n", who, name->length);
    else
        say("%s: length %u family %d\n", who, name->length, name->at.any.sa_family);
}

static void test(int family)
{
    struct address at = family == AF_UNIX ? local_address("server") : loopback_address(family, 0), name;
    int listener = listen_at(&at, 5);
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(listener);
        int fd = new_socket(family, SOCK_STREAM);
        MUST(connect_to(fd, &at));
        name.length = sizeof name.at;
        MUST(getpeername(fd, &name.at.any, &name.length));
        send_byte(fd, name.length == at.length && !memcmp(&name.at, &at.at, at.length) ? 'a' : 'b');
        take_byte(fd);
        say_read("answer", fd);
        say_read("end", fd);
        _exit(0);
    }
    name.length = sizeof name.at;
    int fd = accept(listener, &name.at.any, &name.length);
    MUST(fd);
    say_name("client", family, &name);
    name = name_of(fd);
    say("own name %d\n", name.length == at.length && !memcmp(&name.at, &at.at, at.length));
    say("%c\n", take_byte(fd));
    MUST(write(fd, "-and back", 9));
    close_fd(fd);
    say_status("child", reap(child));
    close_fd(listener);
}

int main(void)
{
    with_families(test);
    return 0;
}
