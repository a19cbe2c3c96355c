/* execvp runs the first in PATH that it can; EACCES if one was found but forbidden, else ENOENT. */
#include "observe_files.h"

static void try(const char *name)
{
    pid_t child = fork_child();
    if (child == 0) {
        const char *const arguments[] = {name, "ran", NULL};
        execvp(name, (char *const *)(uintptr_t)arguments);
        say_result(name, -1);
        _exit(1);
    }
    say_status(name, reap(child));
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        char self[4096];
        ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
        MUST(n);
        self[n] = 0;
        char *name = strrchr(self, '/');
        *name = 0;
        say("%s from %s\n", argv[0], strrchr(self, '/') + 1);
        return 0;
    }
    MUST(mkdir("one", 0755));
    MUST(mkdir("two", 0755));
    copy_self("two/both");
    put("one/both", "x");
    put("one/denied", "x");
    copy_self("one/first");
    copy_self("two/first");
    MUST(mkdir("one/folder", 0755));
    MUST(setenv("PATH", "missing:one:two", 1));
    try("first");
    try("both");
    try("denied");
    try("folder");
    try("nowhere");
    try("two/first");
    MUST(setenv("PATH", "", 1));
    try("first");
    MUST(chdir("one"));
    try("first");
    return 0;
}
