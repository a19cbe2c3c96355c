/* mkfifoat and mknod make FIFOs relative to a directory, with the umask taken off; errors as for files. */
#include "observe_files.h"

int main(void)
{
    struct stat s;
    MUST(mkdir("d", 0755));
    put("f", "x");
    int d = open("d", O_RDONLY | O_DIRECTORY), f = open("f", O_RDONLY);
    umask(027);
    say_result("mkfifoat", mkfifoat(d, "a", 0666));
    MUST(stat("d/a", &s));
    say("fifo %d, mode %o\n", S_ISFIFO(s.st_mode), (unsigned)(s.st_mode & 0777));
    say_result("mknod fifo", mknod("d/b", S_IFIFO | 0640, 0));
    say_result("mknod file", mknod("d/c", S_IFREG | 0666, 0));
    MUST(stat("d/c", &s));
    say("file %d, mode %o, size %ld\n", S_ISREG(s.st_mode), (unsigned)(s.st_mode & 0777), (long)s.st_size);
    say_result("existing", mkfifoat(d, "c", 0666));
    say_result("below a file", mkfifoat(f, "x", 0666));
    say_result("missing directory", mkfifo("none/x", 0666));
    say_result("mknod directory", mknod("d/e", S_IFDIR | 0755, 0));
    MUST(rename("d/a", "d/moved"));
    say_result("both sides at once", open("d/moved", O_RDWR) >= 0 ? 0 : -1);
    say_result("as a directory", open("d/moved", O_RDONLY | O_DIRECTORY | O_NONBLOCK));
    return 0;
}
