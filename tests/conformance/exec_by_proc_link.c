/* a program runs by /proc/self/fd/N and by exe; its name is the last part of the path. */
#include "observe_files.h"
#include "proc_fields.h"
#include <sys/prctl.h>

extern char **environ;

int main(int argc, char **argv)
{
    char comm[32] = "", path[64];
    int fd = open("/proc/self/comm", O_RDONLY);
    MUST(fd);
    ssize_t n = read(fd, comm, sizeof comm - 1);
    MUST(n);
    if (argc > 1) {
        say("%s runs, comm is %s\n", argv[1],
            strcmp(argv[1], "by descriptor") ? strtok(comm, "\n") : "its own");
        return 0;
    }
    copy_self("a_program_with_a_long_name");
    pid_t child = fork_child();
    if (child == 0) {
        prctl(PR_SET_NAME, "before");
        execve("./a_program_with_a_long_name", STRINGS("x", "by path"), environ);
        _exit(1);
    }
    say_status("by path", reap(child));
    int program = open("a_program_with_a_long_name", O_RDONLY);
    MUST(program);
    snprintf(path, sizeof path, "/proc/self/fd/%d", program);
    child = fork_child();
    if (child == 0) {
        execve(path, STRINGS("x", "by descriptor"), environ);
        _exit(1);
    }
    say_status("by descriptor", reap(child));
    child = fork_child();
    if (child == 0) {
        execve("/proc/thread-self/exe", STRINGS("x", "by exe"), environ);
        _exit(1);
    }
    say_status("by exe", reap(child));
    return 0;
}
