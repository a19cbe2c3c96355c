/* pread and pwrite leave the offset alone. */
#include "observe.h"

int main(void)
{
    char text[8] = "";
    int fd = open("f", O_RDWR | O_CREAT, 0600);
    say_result("pwrite", pwrite(fd, "hello", 5, 3));
    say_result("offset", lseek(fd, 0, SEEK_CUR));
    say_result("pread", pread(fd, text, 5, 3));
    say("%s\n", text);
    say_result("beyond", pread(fd, text, 5, 100));
    say_result("negative", pread(fd, text, 5, -1));
    struct iovec parts[2] = {{text, 2}, {text + 4, 2}};
    say_result("preadv", preadv(fd, parts, 2, 3));
    say("%.2s %.2s\n", text, text + 4);
    say_result("pwritev", pwritev(fd, parts, 2, 0));
    int ends[2];
    make_pipe(ends);
    say_result("pipe", pread(ends[0], text, 1, 0));
    return 0;
}
