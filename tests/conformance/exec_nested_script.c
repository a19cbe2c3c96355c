/* an interpreter may itself be a script, a few levels deep; too many are ELOOP; the arguments pile up. */
#include "observe_files.h"

int main(int argc, char **argv)
{
    if (argc > 1) {
        for (int i = 1; i < argc; i++)
            say("[%s]", argv[i]);
        say("\n");
        return 3;
    }
    char name[16], text[64];
    copy_self("self");
    put("s0", "#!./self base\n");
    MUST(chmod("s0", 0755));
    for (int i = 1; i < 8; i++) {
        snprintf(name, sizeof name, "s%d", i);
        snprintf(text, sizeof text, "#!./s%d level%d\n", i - 1, i);
        put(name, text);
        MUST(chmod(name, 0755));
    }
    for (int i = 0; i < 8; i++) {
        snprintf(name, sizeof name, "./s%d", i);
        pid_t child = fork_child();
        if (child == 0) {
            execl(name, "zero", "last", NULL);
            say_result(name, -1);
            _exit(1);
        }
        say_status(name, reap(child));
    }
    return 0;
}
