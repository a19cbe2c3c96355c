/* /proc/self/limits shows what setrlimit set, in its format. */
#include "proc_fields.h"

static void show(const char *name)
{
    char *line = strstr(proc_text("/proc/self/limits"), name);
    say("[%.*s]\n", line ? (int)strcspn(line, "\n") : 4, line ? line : "none");
}

int main(void)
{
    char *text = proc_text("/proc/self/limits");
    say("[%.*s]\n", (int)strcspn(text, "\n"), text);
    int lines = 0;
    for (char *at = text; (at = strchr(at, '\n')); at++)
        lines++;
    say("lines %d\n", lines);
    struct rlimit limit = {100, 200};
    MUST(setrlimit(RLIMIT_NOFILE, &limit));
    limit = (struct rlimit){12345678, RLIM_INFINITY};
    MUST(setrlimit(RLIMIT_FSIZE, &limit));
    limit = (struct rlimit){0, 0};
    MUST(setrlimit(RLIMIT_CORE, &limit));
    show("Max open files");
    show("Max file size");
    show("Max core file size");
    return 0;
}
