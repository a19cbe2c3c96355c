/* a running program's file may be unlinked and made anew; the process goes on. */
#include "observe_files.h"

int main(int argc, char **argv)
{
    if (argc > 1) {
        int go = atoi(argv[1]), ready = atoi(argv[2]);
        send_byte(ready, 'r');
        take_byte(go);
        char path[4096];
        ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
        MUST(n);
        path[n] = 0;
        say("runs on as %s\n", strrchr(path, '/') + 1);
        return 4;
    }
    int go[2], ready[2];
    make_pipe(go);
    make_pipe(ready);
    char first[8], second[8];
    snprintf(first, sizeof first, "%d", go[0]);
    snprintf(second, sizeof second, "%d", ready[1]);
    copy_self("copy");
    pid_t child = fork_child();
    if (child == 0) {
        execl("copy", "copy", first, second, NULL);
        _exit(9);
    }
    take_byte(ready[0]);
    MUST(unlink("copy"));
    put("copy", "not a program");
    send_byte(go[1], 'g');
    say_status("child", reap(child));
    show("copy");
    return 0;
}
