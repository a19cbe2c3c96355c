/* prctl sets and gets a name of up to 15 bytes, inherited by fork and replaced by exec. */
#include "observe.h"

#include <sys/prctl.h>

int main(void)
{
    char name[16];
    MUST(prctl(PR_SET_NAME, "a name that is too long"));
    MUST(prctl(PR_GET_NAME, name));
    say("%s\n", name);
    pid_t child = fork_child();
    if (child == 0) {
        MUST(prctl(PR_GET_NAME, name));
        say("child %s\n", name);
        MUST(prctl(PR_SET_NAME, "other"));
        _exit(0);
    }
    say_status("child", reap(child));
    MUST(prctl(PR_GET_NAME, name));
    say("%s\n", name);
    say_result("unknown", prctl(0x7777, 0, 0, 0, 0));
    return 0;
}
