/* What a hostile program does that an honest one never would: hypercalls of its own, past its library OS. */
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../guest/abi/unibench_abi.h"

#define CONTROL ((volatile struct ub_control *)UB_LIBOS_PRIVATE)
#define BOUNCE ((volatile uint8_t *)(UB_LIBOS_PRIVATE + UB_BOUNCE_OFFSET))

/* Past the library OS's system calls; in a sandbox through its gate, whose address the caller of the program
 * knows. */
static inline long hypercall(long number, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e)
{
    static long (*gate)(long, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t);
    const char *address = getenv("HYPERCALL");
    if (!gate && address) {
        uintptr_t at = strtoull(address, NULL, 16);
        memcpy(&gate, &at, sizeof at);
    }
    if (gate)
        return gate(number, a, b, c, d, e, 0);
    register uint64_t r10 __asm__("r10") = d;
    register uint64_t r8 __asm__("r8") = e;
    long result;
    __asm__ volatile("out %%al, %1"
                     : "=a"(result)
                     : "i"(UB_PORT), "0"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                     : "memory");
    return result;
}

static inline int is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* Handles of two connected sockets. */
static inline long make_pair(int *first, int *second)
{
    long result = hypercall(UB_HC_MAKE, SYS_socketpair, AF_UNIX, SOCK_SEQPACKET, 0, 0);
    *first = *(volatile int *)BOUNCE;
    *second = *(volatile int *)(BOUNCE + 4);
    return result;
}
