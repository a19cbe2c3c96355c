/* linkat gives a name to what is open, by its link in /proc/self/fd; O_TMPFILE. */
#include "observe_files.h"

int main(void)
{
    char path[64], text[600];
    put("file", "content");
    MUST(mkdir("directory", 0755));
    int fd = open("file", O_RDWR), directory = open("directory", O_RDONLY);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    say_result("linkat", linkat(AT_FDCWD, path, AT_FDCWD, "second", AT_SYMLINK_FOLLOW));
    show("second");
    struct stat s;
    MUST(fstat(fd, &s));
    say("links %d\n", (int)s.st_nlink);
    say_result("there already", linkat(AT_FDCWD, path, AT_FDCWD, "second", AT_SYMLINK_FOLLOW));
    say_result("not followed", linkat(AT_FDCWD, path, AT_FDCWD, "third", 0));
    snprintf(path, sizeof path, "/proc/self/fd/%d", directory);
    say_result("a directory", linkat(AT_FDCWD, path, AT_FDCWD, "third", AT_SYMLINK_FOLLOW));
    int hidden = open(".", O_TMPFILE | O_RDWR, 0644);
    if (hidden >= 0) {
        MUST(write(hidden, "hidden", 6));
        snprintf(path, sizeof path, "/proc/self/fd/%d", hidden);
        say_result("a file without a name", linkat(AT_FDCWD, path, AT_FDCWD, "shown", AT_SYMLINK_FOLLOW));
        show("shown");
    }
    MUST(unlink("file"));
    MUST(unlink("second"));
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(path, text, sizeof text - 1);
    MUST(n);
    text[n] = 0;
    say("deleted: %s\n", strrchr(text, '/'));
    return 0;
}
