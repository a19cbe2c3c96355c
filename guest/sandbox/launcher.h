/* What the monitor asks of the launcher; mirrored in src/UniBench.Sandbox. Messages on a seqpacket socket. */
#ifndef UNIBENCH_LAUNCHER_H
#define UNIBENCH_LAUNCHER_H

#include <stdint.h>

enum launcher_kind {
    LAUNCHER_NEW = 1, /* with two descriptors: the private memory, and the new process's end of its socket. Answer: its pid, or -errno */
    LAUNCHER_END      /* pid is killed and reaped. Answer: its wait status */
};

/* The first message, with two descriptors: the library OS's text and constants, the system page. No answer. */
struct launcher_setup {
    uint64_t start; /* sandbox_start */
    uint64_t text_bytes, constant_bytes, system_bytes, private_bytes; /* multiples of a page */
    int64_t launcher; /* the launcher's own pid, which it fills in */
};

struct launcher_request {
    uint32_t kind;
    int32_t pid;
    struct launcher_setup setup;
};
#endif
