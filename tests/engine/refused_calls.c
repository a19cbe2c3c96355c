/*
 * refused_calls NUMBER...: makes each system call with zeros for arguments, in a child of its own since it
 * may end or stop the caller, and prints the numbers that were answered with ENOSYS.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define REFUSED 100
#define LIMIT_US 500000 /* for those that wait for ever */

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        long number = strtol(argv[i], NULL, 10);
        pid_t child = fork();
        if (child < 0) {
            perror("fork");
            return 1;
        }
        if (child == 0) {
            ualarm(LIMIT_US, 0);
            errno = 0;
            long result = syscall(number, 0L, 0L, 0L, 0L, 0L, 0L);
            _exit(result == -1 && errno == ENOSYS ? REFUSED : 0);
        }
        int status;
        if (waitpid(child, &status, 0) != child) {
            perror("waitpid");
            return 1;
        }
        if (WIFEXITED(status) && WEXITSTATUS(status) == REFUSED)
            printf("%ld\n", number);
    }
    return 0;
}
