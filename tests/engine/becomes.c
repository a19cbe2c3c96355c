/*
 * becomes USER HOW:PATH...: becomes that user, whose group has the same number, unless it is 0; then makes,
 * reads, executes each path or changes its owner, and prints what came of it.
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int executed(const char *path)
{
    pid_t child = fork();
    if (child == 0) {
        execl(path, path, "0", (char *)NULL);
        _exit(errno);
    }
    int status;
    waitpid(child, &status, 0);
    errno = WEXITSTATUS(status);
    return errno ? -1 : 0;
}

int main(int argc, char **argv)
{
    uid_t user = (uid_t)atoi(argv[1]);
    if (user && (setgroups(0, NULL) || setgid(user) || setuid(user)))
        return 1;
    if (argc == 2)
        dprintf(STDOUT_FILENO, "effective %u\n", geteuid());
    for (int i = 2; i < argc; i++) {
        char *path = strchr(argv[i], ':') + 1;
        int result = argv[i][0] == 'm'   ? open(path, O_WRONLY | O_CREAT | O_EXCL, 0644)
                     : argv[i][0] == 'r' ? open(path, O_RDONLY)
                     : argv[i][0] == 'o' ? chown(path, user, user)
                                         : executed(path);
        dprintf(STDOUT_FILENO, "%s %s\n", argv[i], result < 0 ? strerrorname_np(errno) : "done");
    }
    return 0;
}
