/* posix_spawn's file actions happen in order, chdir too, and the first failure is told. */
#include "observe_files.h"

#include <spawn.h>

int main(int argc, char **argv)
{
    if (argc > 1) {
        char text[32] = "";
        say_result("reads", read(0, text, sizeof text - 1));
        say("[%s]\n", text);
        show("here");
        say_result("closed", fcntl(7, F_GETFD));
        return 5;
    }
    (void)argv;
    MUST(mkdir("d", 0755));
    put("d/here", "in d");
    put("input", "for stdin");
    int seven = open("input", O_RDONLY);
    MUST(dup2(seven, 7));
    const char *const words[] = {"x", "child", NULL};
    char *const *arguments = (char *const *)(uintptr_t)words;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "input", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 9, "out", O_WRONLY | O_CREAT, 0640);
    posix_spawn_file_actions_adddup2(&actions, 9, 1);
    posix_spawn_file_actions_addclose(&actions, 7);
    posix_spawn_file_actions_addchdir_np(&actions, "d");
    pid_t child;
    say("spawn %d\n", posix_spawn(&child, "/proc/self/exe", &actions, NULL, arguments, environ));
    say_status("child", reap(child));
    show("out");
    show("input");
    posix_spawn_file_actions_addopen(&actions, 0, "no/such/file", O_RDONLY, 0);
    say("failing open: %s\n",
        error_name(posix_spawn(&child, "/proc/self/exe", &actions, NULL, arguments, environ)));
    posix_spawn_file_actions_t only;
    posix_spawn_file_actions_init(&only);
    posix_spawn_file_actions_addchdir_np(&only, "missing");
    say("failing chdir: %s\n",
        error_name(posix_spawn(&child, "/proc/self/exe", &only, NULL, arguments, environ)));
    say("not executable: %s\n", error_name(posix_spawn(&child, "./input", NULL, NULL, arguments, environ)));
    say_result("no child is left", waitpid(-1, NULL, 0));
    return 0;
}
