/* What the process may use: read everywhere, changed by setrlimit (system.c). */
#include "libos.h"

#define UNLIMITED                    \
    {                                \
        RLIM_INFINITY, RLIM_INFINITY \
    }

struct ub_rlimit limits[UB_RLIMITS] = {
    UNLIMITED,                              /* CPU */
    UNLIMITED,                              /* FSIZE */
    UNLIMITED,                              /* DATA */
    {UB_STACK_LIMIT, RLIM_INFINITY},        /* STACK */
    {0, RLIM_INFINITY},                     /* CORE */
    UNLIMITED,                              /* RSS */
    UNLIMITED,                              /* NPROC */
    {UB_DESCRIPTORS_FIRST, UB_DESCRIPTORS}, /* NOFILE */
    {8 << 20, 8 << 20},                     /* MEMLOCK */
    UNLIMITED,                              /* AS */
    UNLIMITED,                              /* LOCKS */
    UNLIMITED,                              /* SIGPENDING */
    {819200, 819200},                       /* MSGQUEUE */
    {0, 0},
    {0, 0},
    UNLIMITED,
};
