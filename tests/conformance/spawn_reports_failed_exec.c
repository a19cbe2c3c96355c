/* posix_spawn gives the error of a failing exec to the parent, and does its file actions. */
#include "observe.h"
#include <spawn.h>

int main(int argc, char **argv)
{
    (void)argv;
    pid_t child;
    const char *const names[] = {"x", NULL}, *const names2[] = {"x", "child", NULL};
    char *const *arguments = (char *const *)(uintptr_t)names, *const *more = (char *const *)(uintptr_t)names2;
    say("missing: %s\n", error_name(posix_spawn(&child, "./none", NULL, NULL, arguments, environ)));
    if (argc > 1) {
        char text[16] = "";
        say("reads %ld ", (long)read(0, text, sizeof text - 1));
        say("%s\n", text);
        return 3;
    }
    int fd = open("f", O_RDWR | O_CREAT, 0600);
    MUST(write(fd, "input", 5));
    close_fd(fd);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "f", O_RDONLY, 0);
    MUST(-posix_spawn(&child, "/proc/self/exe", &actions, NULL, more, environ));
    say_status("spawned", reap(child));
    return 0;
}
