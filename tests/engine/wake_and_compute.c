/* wake_and_compute ROUNDS: two processes hand over by pipes until the library OS expects that; then one wakes
 * the other and computes, without a system call, until the other says in shared memory that it woke up. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 1, there[2], back[2];
    volatile int *woken = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    char token = 't';
    if (woken == MAP_FAILED || pipe(there) || pipe(back))
        return 1;
    pid_t child = fork();
    if (child == 0) {
        close(there[1]);
        while (read(there[0], &token, 1) == 1) {
            if (token == 'c')
                ++*woken;
            else if (write(back[1], &token, 1) != 1)
                return 1;
        }
        return 0;
    }
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < 20; i++)
            if (write(there[1], "t", 1) != 1 || read(back[0], &token, 1) != 1)
                return 1;
        if (write(there[1], "c", 1) != 1)
            return 1;
        while (*woken == round)
            ;
    }
    close(there[1]);
    waitpid(child, NULL, 0);
    printf("%d\n", *woken);
    return 0;
}
