/* /proc/self/attr is a place for what security modules say; who may write there is told by the modes. */
#include "proc_fields.h"

int main(void)
{
    static const char *const names[] = {"current", "exec", "fscreate", "keycreate", "prev", "sockcreate"};
    struct stat status;
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        char path[64];
        snprintf(path, sizeof path, "/proc/self/attr/%s", names[i]);
        MUST(stat(path, &status));
        say("%s %o\n", names[i], status.st_mode);
    }
    say_result("another", stat("/proc/self/attr/other", &status));
    say_result("empty", open("/proc/self/attr/", O_RDONLY | O_CREAT, 0600));
    return 0;
}
