/* F_NOTIFY: a directory's owner hears by SIGIO or F_SETSIG's signal what is made, deleted, renamed, changed, read in it; once, or again and again. */
#include "observe.h"

static volatile sig_atomic_t count, last_fd;

static void on_signal(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)context;
    count++;
    last_fd = info->si_fd;
}

static void tell(const char *what, int fd)
{
    say("%s: %d%s\n", what, (int)count, count && last_fd == fd ? ", by its descriptor" : "");
    count = 0;
}

static void make_file(const char *name)
{
    int file = open(name, O_CREAT | O_WRONLY, 0644);
    MUST(file);
    close_fd(file);
}

static void of_child(void)
{
    make_file("directory/of child");
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART};
    int number = SIGRTMIN + 1;
    MUST(sigaction(number, &action, NULL));
    MUST(sigaction(SIGIO, &action, NULL));
    MUST(mkdir("directory", 0755));
    make_file("file");
    int fd = open("directory", O_RDONLY), file = open("file", O_RDONLY);
    say_result("of a file", fcntl(file, F_NOTIFY, DN_CREATE));
    say_result("nothing", fcntl(fd, F_NOTIFY, 0));
    say_result("once", fcntl(fd, F_NOTIFY, DN_CREATE));
    make_file("directory/a");
    make_file("directory/b");
    say("SIGIO: %d\n", (int)count);
    count = 0;

    MUST(fcntl(fd, F_SETSIG, number));
    say_result("again and again", fcntl(fd, F_NOTIFY, DN_CREATE | DN_DELETE | DN_MULTISHOT));
    make_file("directory/c");
    tell("made", fd);
    MUST(unlink("directory/c"));
    tell("deleted", fd);
    MUST(mkdir("directory/d", 0755));
    tell("a directory made", fd);
    MUST(chmod("directory/a", 0600));
    tell("a mode changed", fd);
    say_result("modes, too", fcntl(fd, F_NOTIFY, DN_ATTRIB | DN_MODIFY | DN_MULTISHOT));
    MUST(chmod("directory/a", 0644));
    tell("a mode changed", fd);
    int written = open("directory/a", O_WRONLY);
    MUST(write(written, "x", 1));
    tell("written", fd);
    close_fd(written);
    say_status("child", run_child(of_child));
    say("of a child: %d\n", count > 0);
    count = 0;
    say_result("no more", fcntl(fd, F_NOTIFY, 0));
    make_file("directory/e");
    tell("made", fd);
    say_result("names", fcntl(fd, F_NOTIFY, DN_RENAME));
    MUST(rename("directory/e", "directory/f"));
    tell("renamed", fd);
    say_result("to be closed", fcntl(fd, F_NOTIFY, DN_CREATE | DN_MULTISHOT));
    close_fd(fd);
    make_file("directory/g");
    tell("made after it was closed", fd);
    return 0;
}
