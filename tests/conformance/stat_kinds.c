/* stat tells kind, size and links; lstat does not follow a link, stat does. */
#include "files.h"
#include "observe.h"

int main(void)
{
    struct stat status;
    put("f", "12345");
    MUST(link("f", "g"));
    MUST(symlink("f", "l"));
    MUST(mkdir("d", 0700));
    MUST(stat("l", &status));
    say("l: regular %d size %ld links %ld\n", S_ISREG(status.st_mode), (long)status.st_size,
        (long)status.st_nlink);
    MUST(lstat("l", &status));
    say("l itself: link %d size %ld\n", S_ISLNK(status.st_mode), (long)status.st_size);
    MUST(stat("d/../d/.", &status));
    say("d: directory %d mode %o\n", S_ISDIR(status.st_mode), status.st_mode & 07777);
    struct stat first, second;
    MUST(stat("f", &first));
    MUST(stat("g", &second));
    say("same file %d\n", first.st_ino == second.st_ino && first.st_dev == second.st_dev);
    int fd = open("f", O_RDONLY);
    MUST(fstat(fd, &second));
    say("same by descriptor %d\n", first.st_ino == second.st_ino && first.st_size == second.st_size);
    MUST(stat("/dev/null", &status));
    say("null: character device %d\n", S_ISCHR(status.st_mode));
    say_result("missing", stat("none", &status));
    say_result("below a file", stat("f/none", &status));
    return 0;
}
