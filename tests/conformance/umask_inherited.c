/* umask returns the one before, holds for new files, and is inherited by fork and kept by exec. */
#include "observe.h"

static int mode_of_new(void)
{
    struct stat status;
    int file = open("f", O_WRONLY | O_CREAT | O_EXCL, 0777);
    MUST(file);
    MUST(fstat(file, &status));
    close_fd(file);
    MUST(unlink("f"));
    return (int)(status.st_mode & 0777);
}

static void inherited(void)
{
    say("child %o\n", mode_of_new());
    umask(0);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        say("after exec %o\n", umask(0));
        return 0;
    }
    umask(027);
    say("old %o\n", umask(01077));
    say("new %o\n", umask(026));
    say("file %o\n", mode_of_new());
    say_status("child", run_child(inherited));
    say("file %o\n", mode_of_new());
    char *const arguments[] = {argv[0], (char[]){"again"}, NULL};
    MUST(execv("/proc/self/exe", arguments));
    return 1;
}
