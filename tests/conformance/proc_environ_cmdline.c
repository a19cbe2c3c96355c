/* /proc/PID/environ and cmdline are the memory that exec laid out. */
#include "proc_fields.h"

extern char **environ;

static void show(const char *what, const char *path)
{
    static char text[4096];
    int fd = open(path, O_RDONLY);
    MUST(fd);
    ssize_t n = read(fd, text, sizeof text);
    MUST(n);
    for (ssize_t i = 0; i < n; i++)
        if (!text[i])
            text[i] = '|';
    say("%s: [%.*s]\n", what, (int)n, text);
    close_fd(fd);
}

int main(int argc, char **argv)
{
    if (argc == 1) {
        pid_t child = fork_child();
        if (child == 0) {
            execve("/proc/self/exe", STRINGS("zero", "one", "", "three words here"),
                   STRINGS("A=1", "SECOND=two words", ""));
            _exit(1);
        }
        say_status("child", reap(child));
        return 0;
    }
    char path[64];
    show("environ", "/proc/self/environ");
    show("cmdline", "/proc/self/cmdline");
    MUST(setenv("NEW", "value", 1));
    show("after setenv", "/proc/self/environ");
    memcpy(argv[1], "ONE", 3);
    show("after a change", "/proc/self/cmdline");
    int ends[2];
    make_pipe(ends);
    pid_t child = fork_child();
    if (child == 0) {
        take_byte(ends[0]);
        _exit(0);
    }
    snprintf(path, sizeof path, "/proc/%d/cmdline", (int)child);
    show("of a child", path);
    snprintf(path, sizeof path, "/proc/%d/environ", (int)child);
    show("of a child", path);
    send_byte(ends[1], 'e');
    int status;
    siginfo_t info;
    MUST(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT));
    snprintf(path, sizeof path, "/proc/%d/cmdline", (int)child);
    show("of a zombie", path);
    snprintf(path, sizeof path, "/proc/%d/status", (int)child);
    say("state %c, name %d\n", *proc_field(path, "State"), strlen(proc_field(path, "Name")) > 0);
    snprintf(path, sizeof path, "/proc/%d/exe", (int)child);
    char link[64];
    say_result("its exe", readlink(path, link, sizeof link));
    MUST(waitpid(child, &status, 0));
    say_result("gone", open(path, O_RDONLY));
    return 0;
}
