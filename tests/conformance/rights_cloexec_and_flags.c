/* a passed descriptor is the same open file: flags and offset are shared; MSG_CMSG_CLOEXEC sets its own flag. */
#include "observe_passing.h"

int main(void)
{
    int line[2], file;
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, line));
    MUST(file = open("file", O_CREAT | O_RDWR, 0600));
    MUST(write(file, "0123456789", 10));
    MUST(lseek(file, 3, SEEK_SET));
    MUST(pass(line[0], "a", &file, 1, NULL));
    MUST(pass(line[0], "b", &file, 1, NULL));
    struct received first = take_passed(line[1], 256, 0),
                    second = take_passed(line[1], 256, MSG_CMSG_CLOEXEC);
    say("cloexec %d %d\n", fcntl(first.fds[0], F_GETFD), fcntl(second.fds[0], F_GETFD));
    say("flags %d\n", (second.flags & MSG_CMSG_CLOEXEC) != 0);
    char byte;
    MUST(read(first.fds[0], &byte, 1));
    say("%c\n", byte);
    MUST(read(second.fds[0], &byte, 1));
    say("%c offset %ld\n", byte, (long)lseek(file, 0, SEEK_CUR));
    MUST(fcntl(first.fds[0], F_SETFL, O_APPEND));
    say("append %d\n", (fcntl(file, F_GETFL) & O_APPEND) != 0);
    MUST(pass(line[0], "c", line, 2, NULL));
    struct received ends = take_passed(line[1], 256, 0);
    say_received("itself", &ends);
    MUST(write(ends.fds[0], "through the copy", 16));
    say_read("copy", line[1]);
    close_fd(line[0]);
    close_fd(line[1]);
    MUST(write(ends.fds[0], "still", 5));
    say_read("still", ends.fds[1]);
    close_fd(ends.fds[0]);
    say_read("end", ends.fds[1]);
    return 0;
}
