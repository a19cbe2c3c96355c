/* /proc/self/exe, fd/N, cwd, stat and status are about this process. */
#include "files.h"
#include "observe.h"
#include <dirent.h>

int main(void)
{
    char text[600], cwd[512], path[64];
    put("f", "x");
    int fd = open("f", O_RDONLY);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(path, text, sizeof text - 1);
    MUST(n);
    text[n] = 0;
    say("fd: %s\n", getcwd(cwd, sizeof cwd) && !strncmp(text, cwd, strlen(cwd)) ? text + strlen(cwd) : "?");
    n = readlink("/proc/self/cwd", text, sizeof text - 1);
    text[n] = 0;
    say("cwd %d\n", !strcmp(text, cwd));
    n = readlink("/proc/self/exe", text, sizeof text - 1);
    text[n > 0 ? n : 0] = 0;
    say("exe %d\n", strstr(text, "proc_self_basics") != NULL);
    FILE *file = fopen("/proc/self/stat", "r");
    int pid = 0, ppid = 0;
    char name[64], state;
    say("fields %d\n", fscanf(file, "%d %63s %c %d", &pid, name, &state, &ppid));
    say("%d %d\n", pid == getpid(), ppid == getppid());
    DIR *d = opendir("/proc/self/fd");
    int found = 0;
    for (struct dirent *e; (e = readdir(d));)
        found += e->d_name[0] != '.' && atoi(e->d_name) == fd;
    say("listed %d\n", found);
    return 0;
}
