/* exec tells apart what is missing, forbidden, a directory, and too much. */
#include "files.h"
#include "observe.h"

int main(void)
{
    put("f", "x");
    MUST(mkdir("d", 0755));
    say_result("no x bit", execl("./f", "f", NULL));
    say_result("directory", execl("./d", "d", NULL));
    say_result("missing", execl("./none", "none", NULL));
    say_result("below a file", execl("./f/g", "g", NULL));
    say_result("empty", execl("", "g", NULL));
    MUST(symlink("loop", "loop"));
    say_result("loop", execl("./loop", "loop", NULL) < 0 && errno == ELOOP);
    char *big = malloc(3 << 20);
    memset(big, 'x', 3 << 20);
    big[(3 << 20) - 1] = 0;
    say_result("too big", execl("/proc/self/exe", "x", big, NULL) < 0 && errno == E2BIG);
    return 0;
}
