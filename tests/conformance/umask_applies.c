/* umask takes permissions from new files, directories and FIFOs, in children too. */
#include "observe.h"

int main(void)
{
    struct stat status;
    umask(027);
    MUST(close(open("f", O_CREAT | O_WRONLY, 0666)));
    MUST(mkdir("d", 0777));
    MUST(mkfifo("p", 0666));
    MUST(stat("f", &status));
    say("file %o\n", status.st_mode & 07777);
    MUST(stat("d", &status));
    say("directory %o\n", status.st_mode & 07777);
    MUST(stat("p", &status));
    say("fifo %o\n", status.st_mode & 07777);
    pid_t child = fork_child();
    if (child == 0) {
        say("child's mask %o\n", umask(0));
        MUST(close(open("g", O_CREAT | O_WRONLY, 0666)));
        _exit(0);
    }
    reap(child);
    MUST(stat("g", &status));
    say("child's file %o\n", status.st_mode & 07777);
    say("mask after the child %o\n", umask(0));
    return 0;
}
