/* O_PATH opens a name without its contents: fstat, openat and fchdir work, read and fchmod are EBADF. */
#include "observe_files.h"

int main(void)
{
    MUST(mkdir("d", 0755));
    put("d/f", "text");
    MUST(symlink("f", "d/l"));
    int d = open("d", O_PATH), f = open("d/f", O_PATH), l = open("d/l", O_PATH | O_NOFOLLOW);
    MUST(d);
    MUST(f);
    MUST(l);
    char text[8] = "";
    struct stat s;
    say_result("read", read(f, text, 4));
    say_result("write", write(f, text, 4));
    say_result("lseek", lseek(f, 0, SEEK_SET));
    say_result("fchmod", fchmod(f, 0600));
    say_result("ftruncate", ftruncate(f, 0));
    say_result("fstat", fstat(f, &s));
    say("size %ld\n", (long)s.st_size);
    say("flags %d\n", (fcntl(f, F_GETFL) & O_PATH) != 0);
    int again = openat(d, "f", O_RDONLY);
    MUST(again);
    MUST(read(again, text, 4));
    say("[%s]\n", text);
    MUST(fstat(l, &s));
    say("a link %d\n", S_ISLNK(s.st_mode));
    say_result("readlinkat", readlinkat(l, "", text, sizeof text));
    say_result("O_NOFOLLOW alone", open("d/l", O_RDONLY | O_NOFOLLOW));
    say_result("fchdir", fchdir(d));
    show("f");
    return 0;
}
