/* execveat: relative to a directory, and of an open file (fexecve). */
#include "observe.h"
#include <sys/syscall.h>

int main(int argc, char **argv)
{
    if (argc > 1) {
        say("ran with %s\n", argv[1]);
        return 0;
    }
    int self = open("/proc/self/exe", O_RDONLY);
    MUST(self);
    pid_t child = fork_child();
    if (child == 0) {
        const char *const arguments[] = {"x", "descriptor", NULL};
        fexecve(self, (char *const *)(uintptr_t)arguments, environ);
        _exit(9);
    }
    say_status("fexecve", reap(child));
    char path[512];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    path[n] = 0;
    char *slash = strrchr(path, '/');
    *slash = 0;
    MUST(mkdir("d", 0755));
    int in = open("/proc/self/exe", O_RDONLY), out = open("d/copy", O_WRONLY | O_CREAT, 0755);
    char buffer[65536];
    while ((n = read(in, buffer, sizeof buffer)) > 0)
        MUST(write(out, buffer, (size_t)n));
    close_fd(out);
    int d = open("d", O_RDONLY | O_DIRECTORY);
    child = fork_child();
    if (child == 0) {
        const char *const arguments[] = {"x", "directory", NULL};
        syscall(SYS_execveat, d, "copy", arguments, environ, 0);
        _exit(9);
    }
    say_status("execveat", reap(child));
    return 0;
}
