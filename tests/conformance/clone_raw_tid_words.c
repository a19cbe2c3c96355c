/* the raw clone call with SIGCHLD forks, and writes the child's id where CLONE_*_SETTID say. */
#include "observe.h"

#include <sched.h>
#include <sys/syscall.h>

int main(void)
{
    static pid_t in_parent, in_child;
    long child = syscall(SYS_clone, SIGCHLD | CLONE_PARENT_SETTID | CLONE_CHILD_SETTID, NULL, &in_parent,
                         &in_child, 0);
    if (child == 0) {
        say("child: %d %d\n", in_child == syscall(SYS_getpid), in_child == syscall(SYS_gettid));
        syscall(SYS_exit_group, 6);
    }
    MUST(child);
    say_status("child", reap((pid_t)child));
    say("parent: %d %d\n", in_parent == child, in_child);
    return 0;
}
