/* posix_spawn with file actions starts this program with its output in a pipe. */
#include "observe.h"

#include <spawn.h>

extern char **environ;

int main(int argc, char **argv)
{
    if (argc > 1) {
        say("from the spawned program: %s", argv[1]);
        return 11;
    }
    int ends[2];
    make_pipe(ends);
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0 ||
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1) != 0 ||
        posix_spawn_file_actions_addclose(&actions, ends[0]) != 0)
        return 1;
    char *const arguments[] = {argv[0], (char[]){"argument"}, NULL};
    pid_t child;
    say("posix_spawn: %d\n", posix_spawn(&child, "/proc/self/exe", &actions, NULL, arguments, environ));
    close_fd(ends[1]);
    char text[100];
    ssize_t n, size = 0;
    while ((n = read(ends[0], text + size, sizeof text - (size_t)size)) > 0)
        size += n;
    say("[%.*s]\n", (int)size, text);
    say_status("child", reap(child));
    say("missing program: ENOENT %d\n",
        posix_spawn(&child, "/missing", NULL, NULL, arguments, environ) == ENOENT);
    return 0;
}
