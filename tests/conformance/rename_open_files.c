/* descriptors follow the file and not the name when it is renamed, replaced or unlinked. */
#include "observe_files.h"

int main(void)
{
    put("a", "file a");
    put("b", "file b");
    int a = open("a", O_RDWR), b = open("b", O_RDWR);
    MUST(rename("a", "b"));
    char text[16] = "";
    MUST(pread(a, text, 6, 0));
    say("a: %s\n", text);
    MUST(pread(b, text, 6, 0));
    say("b: %s\n", text);
    MUST(pwrite(b, "ghost!", 6, 0));
    show("b");
    MUST(pwrite(a, "moved!", 6, 0));
    show("b");
    struct stat s, t;
    MUST(fstat(b, &s));
    say("links of the replaced %d\n", (int)s.st_nlink);
    MUST(fstat(a, &s));
    MUST(stat("b", &t));
    say("same file %d\n", s.st_ino == t.st_ino && s.st_dev == t.st_dev);
    put("a", "another a");
    MUST(stat("a", &t));
    say("a new file %d\n", s.st_ino != t.st_ino);
    MUST(link("a", "a2"));
    say_result("rename onto its own link", rename("a", "a2"));
    say_result("both names stay", access("a", F_OK) + access("a2", F_OK));
    return 0;
}
