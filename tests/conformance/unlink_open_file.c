/* an unlinked file lives on while it is open. */
#include "observe.h"

int main(void)
{
    int fd = open("f", O_RDWR | O_CREAT, 0600);
    MUST(fd);
    MUST(write(fd, "alive", 5));
    MUST(unlink("f"));
    say_result("gone", access("f", F_OK));
    char text[8] = "";
    say_result("read", pread(fd, text, 8, 0));
    say("%s\n", text);
    struct stat status;
    MUST(fstat(fd, &status));
    say("links %ld\n", (long)status.st_nlink);
    MUST(mkdir("d", 0755));
    say_result("unlink of a directory", unlink("d"));
    say_result("rmdir of a missing one", rmdir("none"));
    say_result("again", unlink("f"));
    return 0;
}
