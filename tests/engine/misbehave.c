/* A guest that does something wrong: misbehave WHAT. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../guest/abi/unibench_abi.h"

static void scribble(uint64_t address, size_t bytes)
{
    volatile uint8_t *at = (volatile uint8_t *)address;
    for (size_t i = 0; i < bytes; i++)
        at[i] = (uint8_t)(i * 37 + 11);
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    int ends[2];
    if (strcmp(what, "segv") == 0)
        *(volatile int *)16 = 1;
    else if (strcmp(what, "ill") == 0)
        __asm__ volatile("ud2");
    else if (strcmp(what, "fpe") == 0)
        __asm__ volatile("xor %%ecx, %%ecx; div %%ecx" ::: "ecx", "eax", "edx");
    else if (strcmp(what, "control") == 0)
        scribble(UB_LIBOS_PRIVATE, sizeof(struct ub_control));
    else if (strcmp(what, "libos") == 0)
        scribble(UB_LIBOS_PRIVATE + UB_LIBOS_DATA_OFFSET, 16384);
    else if (strcmp(what, "tables") == 0)
        scribble(UB_DIRECT_MAP + UB_TABLES_OFFSET, UB_TABLES_REGIONS * UB_TABLES_SIZE);
    else if (strcmp(what, "ring") == 0 && pipe(ends) == 0) {
        /* A peer that lies about the indices of a pipe both hold. */
        if (fork() == 0) {
            scribble(UB_WINDOW, sizeof(struct ub_ring));
            _exit(0);
        }
        wait(NULL);
        char byte;
        (void)!read(ends[0], &byte, 1);
    } else if (strcmp(what, "text") == 0)
        *(volatile char *)(uintptr_t)main = 1;
    else if (strcmp(what, "crash-in-child") == 0) {
        pid_t child = fork();
        if (child == 0)
            *(volatile int *)16 = 1;
        int status;
        waitpid(child, &status, 0);
        printf("child killed by %d, parent goes on\n", WIFSIGNALED(status) ? WTERMSIG(status) : 0);
        return 0;
    } else if (strcmp(what, "unsupported") == 0) {
        printf("%ld\n", syscall(SYS_swapon, "x", 0));
        return 0;
    } else if (strcmp(what, "forks") == 0) {
        int made = 0, release[2];
        if (pipe(release) < 0)
            return 1;
        pid_t pid;
        while ((pid = fork()) > 0)
            made++;
        if (pid == 0) {
            char byte;
            close(release[1]);
            (void)!read(release[0], &byte, 1);
            _exit(0);
        }
        perror("fork");
        close(release[1]);
        while (wait(NULL) > 0)
            ;
        printf("%d children\n", made);
        return 0;
    } else if (strcmp(what, "memory") == 0) {
        size_t got = 0;
        char *block;
        while ((block = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) !=
                   MAP_FAILED &&
               got < 4096) {
            memset(block, 1, 1 << 20);
            got++;
        }
        perror("mmap");
        printf("stopped below a gigabyte: %d\n", got < 1024);
        return 0;
    } else if (strcmp(what, "leave") == 0) {
        memset(malloc(1 << 20), 0x5a, 1 << 20);
        return 0;
    } else if (strcmp(what, "find") == 0) {
        size_t bytes = 2 << 20, found = 0;
        uint8_t *block = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        for (size_t i = 0; i < bytes; i++)
            found += block[i] != 0;
        printf("%zu old bytes\n", found);
        return 0;
    } else if (strcmp(what, "spin") == 0)
        for (;;)
            ;
    return 0;
}
