/* open tells apart what is missing, what is a directory and what is none. */
#include "files.h"
#include "observe.h"

int main(void)
{
    put("f", "x");
    MUST(mkdir("d", 0755));
    say_result("missing", open("none", O_RDONLY));
    say_result("missing directory", open("none/f", O_RDONLY | O_CREAT, 0644));
    say_result("file as directory", open("f/g", O_RDONLY));
    say_result("directory for writing", open("d", O_WRONLY));
    say_result("file as O_DIRECTORY", open("f", O_RDONLY | O_DIRECTORY));
    say_result("trailing slash", open("f/", O_RDONLY));
    say_result("create with slash", open("new/", O_RDWR | O_CREAT, 0644));
    say_result("empty path", open("", O_RDONLY));
    char name[300];
    memset(name, 'n', sizeof name);
    name[299] = 0;
    say_result("long name", open(name, O_RDONLY | O_CREAT, 0644));
    MUST(symlink("loop", "loop"));
    say_result("loop", open("loop", O_RDONLY));
    MUST(symlink("f", "link"));
    say_result("no follow", open("link", O_RDONLY | O_NOFOLLOW));
    return 0;
}
