/* in a directory that was removed, getcwd and new files fail with ENOENT. */
#include "observe.h"

int main(void)
{
    char text[512];
    MUST(mkdir("d", 0755));
    MUST(chdir("d"));
    MUST(rmdir("../d"));
    say_result("getcwd", getcwd(text, sizeof text) ? 0 : -1);
    say_result("open", open("f", O_CREAT | O_WRONLY, 0600));
    return 0;
}
