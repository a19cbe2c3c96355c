/* mkdir and rmdir: what exists, what is not empty, what is no directory. */
#include "observe.h"

int main(void)
{
    say_result("mkdir", mkdir("d", 0755));
    say_result("again", mkdir("d", 0755));
    say_result("without parent", mkdir("none/d", 0755));
    say_result("slash", mkdir("e/", 0755));
    MUST(close(open("d/f", O_CREAT | O_WRONLY, 0600)));
    say_result("full", rmdir("d") < 0 && (errno == ENOTEMPTY || errno == EEXIST));
    say_result("file", rmdir("d/f"));
    MUST(unlink("d/f"));
    say_result("dot", rmdir("d/."));
    say_result("empty", rmdir("d"));
    say_result("gone", rmdir("d"));
    return 0;
}
