/* What the parts of the sandbox machine share. */
#ifndef UNIBENCH_SANDBOX_H
#define UNIBENCH_SANDBOX_H

#include "../libos.h"

extern struct ub_sandbox ub_sandbox;
#define ub_family (*(struct ub_family *)UB_FAMILY)
extern const u8 gate_start[], gate_end[], gate_return[], gate_parks[], gate_slept[], gate_parked[];
extern const u8 libos_data_start[], libos_bss_end[];

#define HOST_MAP_SHARED 1
#define HOST_MAP_FIXED 0x10
#define HOST_MAP_POPULATE 0x8000

/* gate.S: a system call of the host. */
long gate_call(long number, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f);
long gate_park(const u32 *word, u64 seen, const struct timespec *deadline, const u32 *pending);
void sandbox_go(u64 rip, u64 rsp) __attribute__((noreturn));

/* Ends the process: the monitor sees it gone. */
void sandbox_fail(int status) __attribute__((noreturn));

/* exchange.c: this process has nothing to do until the monitor says what. */
void sandbox_wait(void) __attribute__((noreturn));
void sandbox_stopped(void) __attribute__((noreturn, visibility("hidden")));
extern u8 sandbox_stack_top[];

/* What was mapped for the program in that range is forgotten, and that it was. 0 or -errno. */
long sandbox_unmap(u64 start, u64 end);

/* translations.c: maps the page of that address with its neighbours, if the tables allow the access. */
bool translate(u64 address, u64 error);

/* signals.c, filter.c */
void signals_install(void);
void filter_install(void);
#endif
