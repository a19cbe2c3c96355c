/* writing and truncating set a file's mtime, chmod does not; changing names sets a directory's. */
#include "observe_files.h"

static void age(const char *path)
{
    struct timespec old[2] = {{1000, 0}, {1000, 0}};
    MUST(utimensat(AT_FDCWD, path, old, 0));
}

static void aged(const char *what, const char *path)
{
    struct stat s;
    MUST(stat(path, &s));
    say("%s: mtime %s\n", what, s.st_mtime == 1000 ? "old" : "new");
}

int main(void)
{
    MUST(mkdir("d", 0755));
    put("d/f", "text");
    int fd = open("d/f", O_RDWR);
    char byte;
    age("d/f");
    aged("aged", "d/f");
    MUST(read(fd, &byte, 1));
    aged("read", "d/f");
    MUST(fchmod(fd, 0600));
    aged("chmod", "d/f");
    MUST(write(fd, "", 0));
    aged("wrote nothing", "d/f");
    MUST(write(fd, "x", 1));
    aged("wrote", "d/f");
    age("d/f");
    MUST(ftruncate(fd, 1));
    aged("truncated", "d/f");
    age("d");
    MUST(pwrite(fd, "y", 1, 0));
    aged("directory, file written", "d");
    put("d/g", "");
    aged("directory, name made", "d");
    age("d");
    MUST(unlink("d/g"));
    aged("directory, name removed", "d");
    age("d");
    MUST(rename("d/f", "d/h"));
    aged("directory, renamed", "d");
    return 0;
}
