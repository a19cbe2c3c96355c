/* exec keeps offsets, locks' descriptors, working directory and umask; O_CLOEXEC descriptors are gone. */
#include "observe_files.h"

int main(int argc, char **argv)
{
    if (argc > 1) {
        char text[4] = "";
        int kept = atoi(argv[1]), closed = atoi(argv[2]);
        MUST(read(kept, text, 3));
        say("next [%s]\n", text);
        say_result("O_CLOEXEC", read(closed, text, 3));
        show("f");
        mode_t mask = umask(0);
        say("umask %o\n", (unsigned)mask);
        return 0;
    }
    MUST(mkdir("d", 0755));
    MUST(chdir("d"));
    put("f", "0123456789");
    umask(0137);
    int kept = open("f", O_RDONLY), closed = open("f", O_RDONLY | O_CLOEXEC);
    char text[3];
    MUST(read(kept, text, 3));
    char first[8], second[8];
    snprintf(first, sizeof first, "%d", kept);
    snprintf(second, sizeof second, "%d", closed);
    pid_t child = fork_child();
    if (child == 0) {
        execl("/proc/self/exe", "x", first, second, NULL);
        _exit(9);
    }
    say_status("child", reap(child));
    say_result("offset afterwards", lseek(kept, 0, SEEK_CUR));
    say_result("still open here", lseek(closed, 0, SEEK_CUR));
    return 0;
}
