/* splice moves bytes between pipes and files, tee copies them from pipe to pipe, vmsplice fills a pipe. */
#include "observe.h"

static char buffer[100];

static void show(const char *what, int fd)
{
    ssize_t bytes = read(fd, buffer, sizeof buffer);
    MUST(bytes);
    say("%s: %.*s\n", what, (int)bytes, buffer);
}

int main(void)
{
    int a[2], b[2], file = open("file", O_RDWR | O_CREAT, 0600);
    loff_t offset = 2;
    MUST(file);
    MUST(write(file, "0123456789", 10));
    make_pipe(a);
    make_pipe(b);
    MUST(write(a[1], "hello world", 11));
    say_result("tee", tee(a[0], b[1], 5, 0));
    show("copied", b[0]);
    say_result("pipe to pipe", splice(a[0], NULL, b[1], NULL, 100, 0));
    show("moved", b[0]);
    struct iovec parts[2] = {{(char[]){"one "}, 4}, {(char[]){"two"}, 3}};
    say_result("vmsplice", vmsplice(a[1], parts, 2, 0));
    show("filled", a[0]);
    say_result("file to pipe", splice(file, &offset, a[1], NULL, 5, 0));
    say("offset %d, position %d\n", (int)offset, (int)lseek(file, 0, SEEK_CUR));
    offset = 8;
    say_result("pipe to file", splice(a[0], NULL, file, &offset, 3, 0));
    show("left", a[0]);
    MUST(lseek(file, 0, SEEK_SET));
    show("the file", file);
    say_result("empty, without waiting", splice(a[0], NULL, b[1], NULL, 5, SPLICE_F_NONBLOCK));
    say_result("end of the file", splice(file, NULL, a[1], NULL, 5, 0));
    say_result("no pipe", splice(file, NULL, file, NULL, 5, 0));
    say_result("one pipe", splice(a[0], NULL, a[1], NULL, 5, 0));
    say_result("an offset in a pipe", splice(a[0], &offset, b[1], NULL, 5, 0));
    say_result("the wrong end", splice(a[1], NULL, b[1], NULL, 5, 0));
    close_fd(a[1]);
    say_result("no writer", splice(a[0], NULL, b[1], NULL, 5, 0));
    handle(SIGPIPE, SIG_IGN, 0);
    close_fd(b[0]);
    MUST(lseek(file, 0, SEEK_SET));
    say_result("no reader", splice(file, NULL, b[1], NULL, 5, 0));
    return 0;
}
