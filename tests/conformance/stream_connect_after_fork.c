/* a socket made before fork and connected by one process is connected for the other. */
#include "observe_sockets.h"

static void test(int family)
{
    struct address at = family == AF_UNIX ? local_address("server") : loopback_address(family, 0);
    int listener = listen_at(&at, 3), fd = new_socket(family, SOCK_STREAM),
        later = new_socket(family, SOCK_STREAM);
    struct address own = family == AF_UNIX ? local_address("later") : loopback_address(family, 0);
    pid_t child = fork_child();
    if (child == 0) {
        MUST(connect_to(fd, &at));
        MUST(bind_to(later, &own));
        MUST(listen(later, 2));
        _exit(0);
    }
    say_status("child", reap(child));
    int accepted = accept(listener, NULL, NULL);
    MUST(accepted);
    send_byte(fd, 'p');
    say("%c\n", take_byte(accepted));
    send_byte(accepted, 'q');
    say("%c\n", take_byte(fd));
    own = name_of(later);
    int client = new_socket(family, SOCK_STREAM);
    say_result("connect", connect_to(client, &own));
    say("accept %d\n", accept(later, NULL, NULL) >= 0);
    close_fd(accepted);
    say_read("end", fd);
    close_fd(later);
    close_fd(listener);
}

int main(void)
{
    with_families(test);
    return 0;
}
