/* a connection and a listener are kept by exec, and closed by it with SOCK_CLOEXEC. */
#include "observe_sockets.h"

int main(int count, char **arguments)
{
    if (count == 4) {
        int listener = atoi(arguments[1]), fd = atoi(arguments[2]), closed = atoi(arguments[3]);
        say_result("closed", fcntl(closed, F_GETFD));
        send_byte(fd, 'e');
        int accepted = accept(listener, NULL, NULL);
        MUST(accepted);
        say_read("from accepted", accepted);
        return 0;
    }
    struct address at = local_address("@unibench-exec");
    char numbers[3][12];
    int listener = listen_at(&at, 3), ends[2], gone = new_socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC);
    connected_pair(AF_INET, ends);
    pid_t child = fork_child();
    if (child == 0) {
        snprintf(numbers[0], sizeof numbers[0], "%d", listener);
        snprintf(numbers[1], sizeof numbers[1], "%d", ends[1]);
        snprintf(numbers[2], sizeof numbers[2], "%d", gone);
        execl(arguments[0], arguments[0], numbers[0], numbers[1], numbers[2], NULL);
        _exit(97);
    }
    say("%c\n", take_byte(ends[0]));
    int client = new_socket(AF_UNIX, SOCK_STREAM);
    MUST(connect_to(client, &at));
    MUST(write(client, "hello", 5));
    say_status("child", reap(child));
    return 0;
}
