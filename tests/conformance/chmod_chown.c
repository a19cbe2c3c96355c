/* chmod, fchmod and chown to oneself. */
#include "files.h"
#include "observe.h"

int main(void)
{
    struct stat status;
    put("f", "x");
    MUST(chmod("f", 0750));
    MUST(stat("f", &status));
    say("%o\n", status.st_mode & 07777);
    int fd = open("f", O_RDONLY);
    MUST(fchmod(fd, 0604));
    MUST(fstat(fd, &status));
    say("%o\n", status.st_mode & 07777);
    say_result("chown", chown("f", getuid(), getgid()));
    say_result("fchown", fchown(fd, (uid_t)-1, (gid_t)-1));
    say_result("missing", chmod("none", 0600));
    MUST(chmod("f", 0600));
    say_result("execute", access("f", X_OK));
    say_result("read", access("f", R_OK | W_OK));
    say_result("mode", access("f", 0100));
    return 0;
}
