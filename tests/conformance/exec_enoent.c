/* execve of a missing file fails with ENOENT and the process goes on. */
#include "observe.h"

int main(void)
{
    char *const arguments[] = {(char[]){"missing"}, NULL};
    say_result("execv", execv("/missing/program", arguments));
    say_result("empty path", execv("", arguments));
    return 0;
}
