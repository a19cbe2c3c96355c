/*
 * What the library OS asks of the machine below it. kvm/ and sandbox/ implement it: a VM, or a host process that a
 * seccomp filter has locked in.
 *
 * Translations: page tables are the truth on both machines. What the machine derived from them, a TLB of the CPU or mappings
 * of the host, may be older in one direction only: an entry that lost a permission, or names another frame, is flushed before
 * anybody may rely on that; an entry that gained something need not be, because the fault looks at the tables again.
 */
#ifndef UNIBENCH_MACHINE_H
#define UNIBENCH_MACHINE_H

/*
 * long hypercall(long number, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f): exits to the monitor. Number and arguments as enum
 * ub_hypercall says; negative: -errno.
 * int asleep_here(void): processes of the family that sleep though the monitor counts them as runnable.
 */
#include "machine_calls.h"

/*
 * Waiting for the other side of a ring (ring.c, "No lost wake-up"). RING_WAITS is what is raised in ring.waiting; ring_park sleeps as
 * park does, for that side; ring_rouse wakes whom it can, false: somebody may sleep in the monitor.
 */
long ring_park(u32 slot, u32 side, u64 ticket, u64 until);
bool ring_rouse(u32 slot, u32 side);

/* Sleeps while control.wait_state is UB_WAIT_ASLEEP, or until a signal may be due; false: this machine cannot. */
bool child_park(void);

/* What was derived from the entries of a range, or from any entry of the program, is forgotten. */
void flush_pages(u64 start, u64 end);
void flush_all(void);

/* The same where all entries of a range lost no more than the right to be written; executable: they allow that. */
void flush_writes(u64 start, u64 end, bool executable);

/* Pages of a range that were shared with others are this process's own by now, in other frames; they show the same until they are written to. of_file: they
 * were a file's. */
void translations_moved(u64 start, u64 end, bool of_file);

/* Entries of a range are new, and will be needed soon. */
void translations_ahead(u64 start, u64 end);

/* The same of the neighbourhood of an address, unless that was said since it was forgotten. */
void translations_around(u64 address);

/* A fault at that address was repaired: what the tables say by now will be needed at once. */
void translations_wanted(u64 address, u64 error);

#endif
