/* What every workload program needs: options, errors, a clock, and the sample lines (docs/programs.md). */
#ifndef UNIBENCH_BENCH_H
#define UNIBENCH_BENCH_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The choices of an option that takes any text. */
#define BENCH_TEXT ""

/* One `--name VALUE` option. A NULL unit makes a flag without value; choices make a word, else it is a
 * number. */
struct bench_option {
    const char *name; /* without the dashes */
    const char *unit; /* what --help calls the value */
    const char *help; /* one phrase */
    int64_t *number; /* default in, value out; a word's index in choices; a text's in argv; a flag's 0 or 1 */
    int64_t least, most; /* bounds of a number */
    const char *choices; /* words separated by '|', or NULL */
};

/* Fills the options from argv; prints the description and exits 0 for --help, exits 2 on a usage error. */
void bench_parse(int argc, char **argv, const char *summary, const struct bench_option *options,
                 size_t count);

/* The program's name as it appears in messages; set by bench_parse. */
extern const char *bench_program;

/* Says `program: call: strerror(errno)` on stderr and ends the process with status 1, without flushing stdio.
 */
_Noreturn void bench_die(const char *call);

/* Says `program: what` on stderr and ends the process with status 1: data was wrong although no call failed.
 */
_Noreturn void bench_wrong(const char *what);

/* CLOCK_MONOTONIC in nanoseconds. */
uint64_t bench_now(void);

/* Mean cost of one bench_now call, nanoseconds. Reported beside latencies, never subtracted. */
double bench_clock_overhead(void);

/* pipe(2), fork(2) and close(2) that cannot fail. */
void bench_pipe(int ends[2]);
pid_t bench_fork(void);
void bench_close(int fd);

/* Waits for a child (-1: any) and dies unless it exited with status 0. */
void bench_reap(pid_t child);

/* malloc that cannot fail; every page is written so that the first touch is not measured. */
unsigned char *bench_alloc(size_t size);

/* Prints `@sample NAME UNIT VALUE`. */
void bench_sample(const char *name, const char *unit, double value);

/* Flushes stdout; the status for main to return. */
int bench_finish(void);

#endif
