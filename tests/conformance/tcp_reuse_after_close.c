/* a server that closed its connections listens at its port again with SO_REUSEADDR. */
#include "observe_sockets.h"

int main(void)
{
    struct address at = loopback_address(AF_INET, 0);
    for (int i = 0; i < 3; i++) {
        int fd = new_socket(AF_INET, SOCK_STREAM);
        MUST(set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1));
        say_result("bind", bind_to(fd, &at));
        say_result("listen", listen(fd, 5));
        at = name_of(fd);
        int client = new_socket(AF_INET, SOCK_STREAM);
        MUST(connect_to(client, &at));
        int accepted = accept(fd, NULL, NULL);
        MUST(accepted);
        send_byte(client, 'x');
        say("%c\n", take_byte(accepted));
        close_fd(fd);
        int second = new_socket(AF_INET, SOCK_STREAM);
        MUST(set_option(second, SOL_SOCKET, SO_REUSEADDR, 1));
        say_result("while connected", bind_to(second, &at));
        close_fd(second);
        close_fd(accepted);
        close_fd(client);
    }
    return 0;
}
