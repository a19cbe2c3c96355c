/* a regular file is always ready to read and write, at its end too. */
#include "observe.h"

int main(void)
{
    int file = open("f", O_RDWR | O_CREAT | O_TRUNC, 0600);
    MUST(file);
    MUST(unlink("f"));
    struct pollfd wanted = {file, POLLIN | POLLOUT | POLLPRI, 0};
    say_result("poll", poll(&wanted, 1, -1));
    say("%x\n", wanted.revents);
    fd_set in;
    FD_ZERO(&in);
    FD_SET(file, &in);
    say_result("select", select(file + 1, &in, NULL, NULL, NULL));
    return 0;
}
