/* a program that runs is not written to, one that is open for writing is not run: ETXTBSY. */
#include "observe.h"

static void copy_of_itself(const char *name)
{
    static char text[65536];
    int in = open("/proc/self/exe", O_RDONLY), out = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0700);
    ssize_t n;
    while ((n = read(in, text, sizeof text)) > 0)
        MUST(write(out, text, (size_t)n));
    close_fd(in);
    close_fd(out);
}

static void busy(const char *what, long result)
{
    say("%s: %s\n", what, result >= 0 ? "ok" : errno == ETXTBSY ? "ETXTBSY" : error_name(errno));
}

int main(int argc, char **argv)
{
    static char name[] = "./copy", word[] = "3";
    char *arguments[] = {name, word, word, NULL}, *none[] = {NULL};
    if (argc == 3) {
        char byte = 'r';
        MUST(write(4, &byte, 1));
        return read(3, &byte, 1) == 1 ? 7 : 8;
    }
    (void)argv;
    int to[2], from[2];
    copy_of_itself("copy");
    int out = open("copy", O_WRONLY);
    busy("run while written", execve("./copy", arguments, none));
    close_fd(out);
    MUST(pipe(to));
    MUST(pipe(from));
    pid_t child = fork_child();
    if (child == 0) {
        MUST(dup2(to[0], 60));
        MUST(dup2(from[1], 61));
        MUST(dup2(60, 3));
        MUST(dup2(61, 4));
        for (int fd = 5; fd < 64; fd++)
            close(fd);
        execve("./copy", arguments, none);
        _exit(99);
    }
    take_byte(from[0]);
    busy("write", open("copy", O_WRONLY));
    busy("truncate", open("copy", O_RDONLY | O_TRUNC));
    busy("truncate by name", truncate("copy", 0));
    busy("read", open("copy", O_RDONLY));
    busy("rename", rename("copy", "other"));
    busy("write under its new name", open("other", O_RDWR));
    send_byte(to[1], 'x');
    say_status("child", reap(child));
    busy("write afterwards", open("other", O_RDWR));
    return 0;
}
