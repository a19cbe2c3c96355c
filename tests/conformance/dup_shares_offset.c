/* dup shares offset and status flags, a second open neither; the descriptor flags are each one's own. */
#include "observe_files.h"

int main(void)
{
    put("f", "0123456789");
    int a = open("f", O_RDWR), b = dup(a), c = open("f", O_RDWR);
    char text[4] = "";
    MUST(read(a, text, 3));
    say("a [%s]\n", text);
    MUST(read(b, text, 3));
    say("b [%s]\n", text);
    MUST(read(c, text, 3));
    say("c [%s]\n", text);
    MUST(lseek(b, 1, SEEK_SET));
    say("offsets %ld %ld %ld\n", (long)lseek(a, 0, SEEK_CUR), (long)lseek(b, 0, SEEK_CUR),
        (long)lseek(c, 0, SEEK_CUR));
    MUST(fcntl(a, F_SETFL, O_APPEND));
    say("append %d %d %d\n", !!(fcntl(a, F_GETFL) & O_APPEND), !!(fcntl(b, F_GETFL) & O_APPEND),
        !!(fcntl(c, F_GETFL) & O_APPEND));
    MUST(write(b, "A", 1));
    MUST(write(c, "C", 1));
    show("f");
    MUST(fcntl(a, F_SETFD, FD_CLOEXEC));
    say("cloexec %d %d\n", fcntl(a, F_GETFD), fcntl(b, F_GETFD));
    close_fd(a);
    say_result("b lives", read(b, text, 1));
    say("access mode cannot change: %d\n",
        fcntl(c, F_SETFL, O_RDONLY) == 0 && (fcntl(c, F_GETFL) & O_ACCMODE) == O_RDWR);
    return 0;
}
