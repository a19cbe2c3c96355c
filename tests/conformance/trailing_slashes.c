/* a slash at the end of a path demands a directory, and follows a symbolic link to one. */
#include "observe_files.h"

int main(void)
{
    struct stat s;
    put("f", "x");
    say_result("mkdir d/", mkdir("d/", 0755));
    MUST(symlink("d", "l"));
    MUST(symlink("f", "lf"));
    say_result("stat f/", stat("f/", &s));
    say_result("stat lf/", stat("lf/", &s));
    MUST(lstat("l", &s));
    say("lstat l is a link %d\n", S_ISLNK(s.st_mode));
    MUST(lstat("l/", &s));
    say("lstat l/ is a directory %d\n", S_ISDIR(s.st_mode));
    say_result("unlink f/", unlink("f/"));
    say_result("unlink l/", unlink("l/"));
    say_result("rmdir l/", rmdir("l/"));
    say_result("rename f to g/", rename("f", "g/"));
    say_result("rename d to e/", rename("d", "e/"));
    say_result("rename e/ to d", rename("e/", "d"));
    say_result("symlink to n/", symlink("d", "n/"));
    say_result("link to n/", link("f", "n/"));
    say_result("open creating n/", open("n/", O_CREAT | O_RDWR, 0644));
    say_result("open d//", open("d//", O_RDONLY) < 0 ? -1 : 0);
    say_result("access f/.", access("f/.", F_OK));
    say_result("rmdir d///", rmdir("d///"));
    say_result("mkdir none/", mkdir("none/sub/", 0755));
    return 0;
}
