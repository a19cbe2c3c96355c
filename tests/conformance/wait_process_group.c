/* waitpid of a negative pid waits for that process group alone. */
#include "observe.h"

int main(void)
{
    pid_t children[2];
    for (int i = 0; i < 2; i++) {
        children[i] = fork_child();
        if (children[i] == 0)
            _exit(10 + i);
        if (i == 0)
            MUST(setpgid(children[i], children[i]));
    }
    int status;
    say("group: %d\n", waitpid(-children[0], &status, 0) == children[0]);
    say_status("its member", status);
    say_result("group again", waitpid(-children[0], &status, 0));
    say("own group: %d\n", waitpid(0, &status, 0) == children[1]);
    say_status("its member", status);
    return 0;
}
