/* a chain of 40 symbolic links is followed, one of 41 and every loop is ELOOP. */
#include "observe_files.h"

int main(void)
{
    char from[16], to[16];
    put("l0", "end");
    for (int i = 1; i <= 41; i++) {
        snprintf(to, sizeof to, "l%d", i - 1);
        snprintf(from, sizeof from, "l%d", i);
        MUST(symlink(to, from));
    }
    struct stat s;
    show("l40");
    show("l41");
    say_result("stat 41", stat("l41", &s));
    say_result("lstat 41", lstat("l41", &s));
    MUST(symlink("b", "a"));
    MUST(symlink("a", "b"));
    say_result("loop of two", open("a", O_RDONLY));
    say_result("creating in a loop", open("a", O_RDWR | O_CREAT, 0644));
    say_result("beneath a loop", stat("a/x", &s));
    say_result("chdir", chdir("a"));
    say_result("rename of a loop", rename("a", "c"));
    say_result("unlink of a loop", unlink("b"));
    MUST(mkdir("d", 0755));
    MUST(symlink(".", "d/self"));
    put("d/f", "inside");
    show("d/self/self/self/self/f");
    return 0;
}
