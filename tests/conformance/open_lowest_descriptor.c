/* open takes the lowest free descriptor; beyond RLIMIT_NOFILE it is EMFILE and makes no file. */
#include "observe_files.h"

int main(void)
{
    put("f", "x");
    int a = open("f", O_RDONLY), b = open("f", O_RDONLY), c = open(".", O_RDONLY);
    say("%d %d %d\n", a, b, c);
    close_fd(b);
    say("reused %d\n", open("f", O_RDONLY) == b);
    close_fd(0);
    say("descriptor 0: %d\n", open("f", O_RDONLY));
    struct rlimit limit = {10, 10};
    MUST(setrlimit(RLIMIT_NOFILE, &limit));
    int last = -1, fd;
    while ((fd = open("f", O_RDONLY)) >= 0)
        last = fd;
    say_result("beyond", fd);
    say("last %d\n", last);
    say_result("creating beyond", open("new", O_CREAT | O_RDWR, 0644));
    say_result("not made", access("new", F_OK));
    close_fd(4);
    say("after closing 4: %d\n", open("f", O_RDONLY));
    return 0;
}
