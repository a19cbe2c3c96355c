/* execveat with AT_EMPTY_PATH, AT_SYMLINK_NOFOLLOW, bad flags, and scripts by descriptor. */
#include "observe_files.h"

#include <sys/syscall.h>

static void try(const char *what, int directory, const char *path, int flags)
{
    pid_t child = fork_child();
    if (child == 0) {
        const char *const arguments[] = {"x", what, NULL};
        syscall(SYS_execveat, directory, path, arguments, environ, flags);
        say_result(what, -1);
        _exit(1);
    }
    say_status(what, reap(child));
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        say("ran: %s\n", argc > 2 ? "as a script" : argv[1]);
        return 0;
    }
    MUST(mkdir("d", 0755));
    copy_self("d/self");
    MUST(symlink("self", "d/link"));
    put("d/script", "#!./d/self -s\n");
    MUST(chmod("d/script", 0755));
    int d = open("d", O_RDONLY | O_DIRECTORY | O_CLOEXEC), program = open("d/self", O_PATH | O_CLOEXEC);
    int script = open("d/script", O_RDONLY), closing = open("d/script", O_RDONLY | O_CLOEXEC);
    try("relative", d, "self", 0);
    try("link", d, "link", 0);
    try("link not followed", d, "link", AT_SYMLINK_NOFOLLOW);
    try("empty path", program, "", AT_EMPTY_PATH);
    try("empty path without the flag", program, "", 0);
    try("a directory", d, "", AT_EMPTY_PATH);
    try("missing", d, "none", 0);
    try("bad flag", d, "self", 0x40000000);
    try("bad descriptor", 99, "self", 0);
    try("below a file", program, "self", 0);
    try("script", script, "", AT_EMPTY_PATH);
    try("script, close on exec", closing, "", AT_EMPTY_PATH);
    return 0;
}
