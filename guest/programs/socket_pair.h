/* A connection of two stream sockets through a listener, of the Unix family or TCP over the loopback. */
#ifndef UNIBENCH_SOCKET_PAIR_H
#define UNIBENCH_SOCKET_PAIR_H

#include <stdint.h>

enum socket_family { FAMILY_UNIX, FAMILY_TCP };

/* The choices of an option --family, in the order of the enumeration. */
#define SOCKET_FAMILIES "unix|tcp"

/* Both ends, connected; of TCP without delay. Dies on an error. */
void socket_pair(int64_t family, int ends[2]);

#endif
