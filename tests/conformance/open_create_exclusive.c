/* O_CREAT | O_EXCL makes a file once, and never through a symbolic link. */
#include "observe.h"

int main(void)
{
    say_result("first", open("f", O_CREAT | O_EXCL | O_RDWR, 0600) > 0);
    say_result("again", open("f", O_CREAT | O_EXCL | O_RDWR, 0600));
    MUST(symlink("nowhere", "l"));
    say_result("through a link", open("l", O_CREAT | O_EXCL | O_RDWR, 0600));
    say_result("following it", open("l", O_CREAT | O_RDWR, 0600) > 0);
    say_result("its target", access("nowhere", F_OK));
    return 0;
}
