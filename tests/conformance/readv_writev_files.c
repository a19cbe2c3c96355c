/* writev and readv on files in order, short at the end; preadv and pwritev by offset. */
#include "observe_files.h"

int main(void)
{
    int fd = open("f", O_RDWR | O_CREAT, 0644);
    struct iovec out[4] = {{(char[]){"one,"}, 4}, {NULL, 0}, {(char[]){"two,"}, 4}, {(char[]){"three"}, 5}};
    say_result("writev", writev(fd, out, 4));
    show("f");
    char a[3], b[8], c[8];
    memset(c, '.', sizeof c);
    struct iovec in[3] = {{a, 3}, {b, 8}, {c, 8}};
    MUST(lseek(fd, 0, SEEK_SET));
    say_result("readv", readv(fd, in, 3));
    say("[%.3s][%.8s][%.8s]\n", a, b, c);
    say_result("at the end", readv(fd, in, 3));
    say_result("pwritev", pwritev(fd, out, 4, 20));
    say_result("offset stays", lseek(fd, 0, SEEK_CUR));
    say("size %ld\n", size_of("f"));
    say_result("preadv", preadv(fd, in, 3, 16));
    say("%d %d [%.7s]\n", a[0], a[2], b + 1);
    say_result("negative", preadv(fd, in, 3, -2));
    say_result("preadv2 from the offset", preadv2(fd, in, 1, -1, 0));
    int append = open("f", O_WRONLY | O_APPEND);
    say_result("pwrite appends", pwrite(append, "END", 3, 0));
    say("size %ld\n", size_of("f"));
    return 0;
}
