/* fchmodat and chmod with the bits for set-id and sticky, through links, and kept by rename and truncate. */
#include "observe_files.h"

static unsigned mode_of(const char *path)
{
    struct stat s;
    MUST(lstat(path, &s));
    return s.st_mode & 07777;
}

int main(void)
{
    MUST(mkdir("d", 0755));
    put("d/f", "x");
    MUST(symlink("f", "d/l"));
    int d = open("d", O_RDONLY | O_DIRECTORY);
    say_result("fchmodat", fchmodat(d, "f", 0640, 0));
    say("%o\n", mode_of("d/f"));
    say_result("through the link", fchmodat(d, "l", 0604, 0));
    say("file %o, link %o\n", mode_of("d/f"), mode_of("d/l"));
    say_result("set-id and sticky", chmod("d/f", 07755));
    say("%o\n", mode_of("d/f"));
    say_result("directory", fchmod(d, 01777));
    say("%o\n", mode_of("d"));
    MUST(rename("d/f", "d/g"));
    say("renamed %o\n", mode_of("d/g"));
    say_result("truncate", truncate("d/g", 0));
    say_result("dangling", fchmodat(d, "l", 0600, 0));
    say_result("missing", chmod("none", 0600));
    say_result("bad directory", fchmodat(-7, "x", 0600, 0));
    say_result("owner", fchownat(d, "g", getuid(), getgid(), 0));
    say_result("owner of a dangling link", lchown("d/l", getuid(), getgid()));
    say_result("neither", fchownat(d, "g", (uid_t)-1, (gid_t)-1, 0));
    return 0;
}
