/* abstract names: exact bytes, no file, free again with the last descriptor; bind without a name chooses one. */
#include "observe_sockets.h"

int main(void)
{
    struct address at = local_address("@unibench-a"), longer = local_address("@unibench-ab");
    int fd = listen_at(&at, 3), other = new_socket(AF_UNIX, SOCK_STREAM);
    say("length %u\n", at.length);
    say_result("taken", bind_to(other, &at));
    say_result("longer", bind_to(other, &longer));
    int client = new_socket(AF_UNIX, SOCK_STREAM);
    say_result("not listening", connect_to(client, &longer));
    say_result("connect", connect_to(client, &at));
    say_result("access", access("unibench-a", F_OK));
    int copy = dup(fd);
    close_fd(fd);
    fd = new_socket(AF_UNIX, SOCK_STREAM);
    say_result("still taken", bind_to(fd, &at));
    close_fd(copy);
    say_result("free", bind_to(fd, &at));
    int chosen = new_socket(AF_UNIX, SOCK_STREAM);
    struct address none = {.length = sizeof(sa_family_t)};
    none.at.local.sun_family = AF_UNIX;
    say_result("autobind", bind_to(chosen, &none));
    struct address name = name_of(chosen);
    say("length %u first %d\n", name.length, name.at.local.sun_path[0]);
    say_result("autobind again", bind_to(chosen, &none));
    MUST(listen(chosen, 1));
    int third = new_socket(AF_UNIX, SOCK_STREAM);
    say_result("connect to it", connect_to(third, &name));
    name.length = sizeof name.at;
    MUST(getpeername(third, &name.at.any, &name.length));
    say("peer length %u\n", name.length);
    return 0;
}
