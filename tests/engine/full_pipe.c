/* Many writers block on one full pipe, one slow reader drains it: full_pipe WRITERS BYTES. Prints how many
 * bytes arrived. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    int writers = atoi(argv[1]);
    long bytes = atol(argv[2]), total = 0, odd = 0;
    int ends[2];
    if (pipe(ends) < 0)
        return 1;
    for (int i = 0; i < writers; i++)
        if (fork() == 0) {
            char block[3000];
            memset(block, 'a' + i, sizeof block);
            close(ends[0]);
            for (long sent = 0; sent < bytes; sent += (long)sizeof block)
                if (write(ends[1], block, sizeof block) != (ssize_t)sizeof block)
                    _exit(1);
            _exit(0);
        }
    close(ends[1]);
    char buffer[3000];
    ssize_t n;
    long inside = 0;
    /* Writes of up to PIPE_BUF bytes are atomic: every run of 3,000 bytes is one letter. */
    static char run[3000];
    while ((n = read(ends[0], buffer, 777)) > 0) {
        for (ssize_t i = 0; i < n; i++) {
            run[inside++] = buffer[i];
            if (inside == 3000) {
                for (int k = 1; k < 3000; k++)
                    odd += run[k] != run[0];
                inside = 0;
            }
        }
        total += n;
    }
    int failed = 0, status;
    while (wait(&status) > 0)
        failed += status != 0;
    printf("%ld bytes, %ld torn, %d failed\n", total, odd, failed);
    return 0;
}
