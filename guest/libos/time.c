/* Clocks from the TSC and the system page, and timers. */
#include "libos.h"

u64 clock_monotonic(void)
{
    u32 seq;
    u64 ns;
    do {
        while ((seq = __atomic_load_n(&ub_system.clock_seq, __ATOMIC_ACQUIRE)) & 1)
            pause_cpu();
        u64 ticks = read_tsc() - ub_system.clock_tsc;
        ns = ub_system.monotonic_ns +
             (u64)(((unsigned __int128)ticks * ub_system.clock_mult) >> ub_system.clock_shift);
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
    } while (__atomic_load_n(&ub_system.clock_seq, __ATOMIC_RELAXED) != seq);
    return ns;
}

long time_from_user(u64 user, u64 *ns)
{
    struct timespec value;
    if (copy_in(&value, user, sizeof value))
        return -EFAULT;
    if (value.tv_sec < 0 || value.tv_nsec < 0 || value.tv_nsec >= 1000000000)
        return -EINVAL;
    *ns = value.tv_sec > 0x7fffffff0L ? ~0UL >> 1 : (u64)value.tv_sec * 1000000000 + (u64)value.tv_nsec;
    return 0;
}

/* REALTIME, MONOTONIC, MONOTONIC_RAW, the coarse ones, BOOTTIME, and the two CPU clocks, which need the
 * monitor. */
static long clock_now(u64 clock, u64 *ns);

/*
 * The CPU time of a process or thread, as clock_getcpuclockid and pthread_getcpuclockid name it: its number,
 * inverted, and three bits: 4 a thread, 0 to 2 which time. Only that of the process itself is known.
 */
static long cpu_clock_of(u64 clock, u64 *ns)
{
    u32 id = ~((u32)clock >> 3) & 0x1fffffff;
    if ((int)clock >= 0 || (clock & 3) == 3 || (id && id != ub_control.pid))
        return -EINVAL;
    return clock_now(CLOCK_PROCESS_CPUTIME_ID, ns);
}

static long clock_now(u64 clock, u64 *ns)
{
    switch ((int)clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
        *ns = clock_monotonic() + (u64)ub_system.realtime_offset_ns;
        return 0;
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
        *ns = clock_monotonic();
        return 0;
    case CLOCK_BOOTTIME:
        *ns = clock_monotonic() + (u64)ub_system.boottime_offset_ns;
        return 0;
    case CLOCK_PROCESS_CPUTIME_ID:
    case CLOCK_THREAD_CPUTIME_ID:
        HC1(UB_HC_USAGE, 0L);
        *ns = (u64)(ub_control.usage[0] + ub_control.usage[1]) * 1000;
        return 0;
    case CLOCK_TAI: /* as far from UTC as the host says: nothing */
        *ns = clock_monotonic() + (u64)ub_system.realtime_offset_ns;
        return 0;
    default:
        return cpu_clock_of(clock, ns);
    }
}

/*
 * CPU time for programs that ask for it in a loop: the monitor's answer counts on for a millisecond, unless
 * the process slept. It never goes back, and is at most that millisecond ahead.
 */
#define CPU_TIME_AGE 1000000
static struct {
    u64 asked, answer, told;
} cpu_time;

void cpu_time_stands(void)
{
    cpu_time.asked = 0;
}

static u64 cpu_time_now(void)
{
    u64 now = clock_monotonic();
    if (!cpu_time.asked || now - cpu_time.asked >= CPU_TIME_AGE) {
        clock_now(CLOCK_PROCESS_CPUTIME_ID, &cpu_time.answer);
        cpu_time.asked = now = clock_monotonic();
    }
    u64 ns = cpu_time.answer + (now - cpu_time.asked);
    if (ns > cpu_time.told)
        cpu_time.told = ns;
    return cpu_time.told;
}

long sys_clock_gettime(u64 clock, u64 user)
{
    u64 ns;
    bool own = clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID;
    long result = own ? 0 : clock_now(clock, &ns);
    if (own)
        ns = cpu_time_now();
    if (result)
        return result;
    struct timespec value = {(int64_t)(ns / 1000000000), (int64_t)(ns % 1000000000)};
    return copy_out(user, &value, sizeof value);
}

/* The host's clock is not a program's to set. */
long sys_clock_settime(u64 clock, u64 user)
{
    u64 ns;
    long result = (int)clock == CLOCK_REALTIME ? time_from_user(user, &ns) : -EINVAL;
    return result ? result : -EPERM;
}

long sys_settimeofday(u64 user)
{
    struct timeval value;
    if (user && copy_in(&value, user, sizeof value))
        return -EFAULT;
    return user && (value.tv_sec < 0 || (u64)value.tv_usec >= 1000000) ? -EINVAL : -EPERM;
}

/* As Linux has it after its start: nobody steers this clock, and no program may. */
static long clock_steering(u64 user)
{
    struct timex state;
    if (copy_in(&state, user, sizeof state))
        return -EFAULT;
    bool slews = state.modes & ADJ_ADJTIME;
    if (slews && (state.modes & ADJ_OFFSET_SINGLESHOT) != ADJ_OFFSET_SINGLESHOT)
        return -EINVAL;
    if (slews ? !(state.modes & ADJ_OFFSET_READONLY) : state.modes)
        return -EPERM;
    u64 ns;
    clock_now(CLOCK_REALTIME, &ns);
    state = (struct timex){.modes = state.modes,
                           .maxerror = NTP_PHASE_LIMIT,
                           .esterror = NTP_PHASE_LIMIT,
                           .status = STA_UNSYNC,
                           .constant = 2,
                           .precision = 1,
                           .tolerance = 500L << 16,
                           .time = {(int64_t)(ns / 1000000000), (int64_t)(ns % 1000000000 / 1000)},
                           .tick = 10000};
    return copy_out(user, &state, sizeof state) ? -EFAULT : TIME_ERROR;
}

long sys_adjtimex(u64 user)
{
    return clock_steering(user);
}

long sys_clock_adjtime(u64 clock, u64 user)
{
    u64 ns;
    if ((int)clock == CLOCK_REALTIME)
        return clock_steering(user);
    struct timex state;
    return copy_in(&state, user, sizeof state) ? -EFAULT : clock_now(clock, &ns) ? -EINVAL : -EOPNOTSUPP;
}

long sys_clock_getres(u64 clock, u64 user)
{
    u64 ns;
    long result = clock_now(clock, &ns);
    struct timespec value = {0,
                             clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE ? 4000000 : 1};
    return result ? result : user ? copy_out(user, &value, sizeof value) : 0;
}

long sys_gettimeofday(u64 user, u64 zone)
{
    u64 ns;
    clock_now(CLOCK_REALTIME, &ns);
    struct timeval value = {(int64_t)(ns / 1000000000), (int64_t)(ns % 1000000000 / 1000)};
    u64 none = 0;
    if (user && copy_out(user, &value, sizeof value))
        return -EFAULT;
    return zone ? copy_out(zone, &none, 8) : 0;
}

long sys_time(u64 user)
{
    u64 ns;
    clock_now(CLOCK_REALTIME, &ns);
    long seconds = (long)(ns / 1000000000);
    return user && copy_out(user, &seconds, 8) ? -EFAULT : seconds;
}

/*
 * Timers: 0 to 2 are ITIMER_REAL, VIRTUAL and PROF, the others come from timer_create. The monitor keeps time
 * and makes the signal pending; here is what a program may ask about them. Those that run on CPU time are
 * known to the monitor alone, so their rest is what CPU time is left.
 */
static struct timer {
    u64 deadline, interval; /* ns of the timer's clock; deadline 0: not running */
    u64 value;              /* of its signal */
    u8 used, clock, signo, none;
    u32 overruns; /* expiries of which the program was not told by a signal of their own, at the last signal
                   */
    u64 counted;  /* the expiry that the last signal was for */
} timers[UB_TIMERS] = {{.used = 1, .clock = 1, .signo = SIGALRM},
                       {.used = 1, .clock = 2, .signo = SIGVTALRM},
                       {.used = 1, .clock = 2, .signo = SIGPROF}};

static bool on_cpu_time(const struct timer *t)
{
    return t->clock == 2 || t->clock == 3;
}

#define OVERRUNS_MOST 0x7fffffff

static u64 timer_clock(const struct timer *t)
{
    u64 ns = 0;
    clock_now(on_cpu_time(t) ? 2 : 1, &ns);
    return ns;
}

static void limit_start(u64 used);

/* A child has no timers. */
void timers_forked(void)
{
    for (u32 i = 0; i < UB_TIMERS; i++) {
        timers[i].deadline = timers[i].interval = 0;
        timers[i].used = i < 3;
    }
    cpu_time.asked = cpu_time.told = 0;
    limit_start(0);
}

/* exec keeps the interval timers and deletes the others. */
void timers_exec(void)
{
    for (u32 i = 3; i < UB_TIMER_LIMIT; i++)
        if (timers[i].used) {
            hypercall(UB_HC_TIMER, i, 0, 0, 0, 0, 0);
            timers[i].used = 0;
        }
}

/* Moves the deadline of a repeating timer past now; returns ns until it expires, 0: not running. */
static u64 timer_rest(struct timer *t)
{
    if (!t->deadline)
        return 0;
    u64 now = timer_clock(t);
    if (t->deadline <= now) {
        if (!t->interval) {
            t->deadline = 0;
            return 0;
        }
        t->deadline += ((now - t->deadline) / t->interval + 1) * t->interval;
    }
    return t->deadline - now;
}

static void timer_set(u32 id, u64 ns, u64 interval)
{
    struct timer *t = &timers[id];
    t->deadline = ns ? timer_clock(t) + ns : 0;
    t->interval = ns ? interval : 0;
    t->counted = t->deadline;
    t->overruns = 0;
    if (!t->none)
        hypercall(UB_HC_TIMER, id, ns, t->interval,
                  (u64)t->signo | (on_cpu_time(t) ? UB_TIMER_CPU : UB_TIMER_WALL) << 8, t->value, 0);
}

/* Called when a timer's signal is taken: expiries since the one that the last signal was for, without this
 * one. */
int timer_overrun(int id)
{
    if (id < 3 || id >= UB_TIMER_LIMIT || !timers[id].used)
        return 0;
    struct timer *t = &timers[id];
    t->overruns = 0;
    u64 now = timer_clock(t);
    if (t->interval && t->counted && (int64_t)(now - t->counted) >= 0) {
        u64 more = (now - t->counted) / t->interval;
        t->overruns = more > OVERRUNS_MOST ? OVERRUNS_MOST : (u32)more;
        t->counted += (more + 1) * t->interval;
    }
    return (int)t->overruns;
}

/* RLIMIT_CPU: a signal at the soft limit and every second after it, until the hard one. */
static void limit_start(u64 used)
{
    struct ub_rlimit limit = limits[RLIMIT_CPU];
    if (limit.current > 1UL << 32)
        return;
    u64 at = limit.current * 1000000000, seconds = limit.maximum - limit.current;
    hypercall(UB_HC_TIMER, UB_TIMER_LIMIT, at > used ? at - used : 1, 1000000000, SIGXCPU | UB_TIMER_CPU << 8,
              seconds, 0);
}

void cpu_limit_changed(void)
{
    u64 used = 0;
    clock_now(2, &used);
    hypercall(UB_HC_TIMER, UB_TIMER_LIMIT, 0, 0, 0, 0, 0);
    limit_start(used);
}

static struct timeval to_timeval(u64 ns)
{
    ns += 999; /* a running timer never shows zero */
    return (struct timeval){(int64_t)(ns / 1000000000), (int64_t)(ns % 1000000000 / 1000)};
}

static struct itimerval interval_timer(u32 which)
{
    u64 rest = timer_rest(&timers[which]);
    return (struct itimerval){to_timeval(timers[which].interval), to_timeval(rest)};
}

long sys_setitimer(u64 which, u64 new, u64 old)
{
    struct itimerval value = {{0, 0}, {0, 0}};
    if (which > 2)
        return -EINVAL;
    struct itimerval before = interval_timer((u32)which);
    if (new &&copy_in(&value, new, sizeof value))
        return -EFAULT;
    if ((u64)value.value.tv_usec >= 1000000 || (u64)value.interval.tv_usec >= 1000000 ||
        value.value.tv_sec < 0 || value.interval.tv_sec < 0)
        return -EINVAL;
    timer_set((u32)which, (u64)value.value.tv_sec * 1000000000 + (u64)value.value.tv_usec * 1000,
              (u64)value.interval.tv_sec * 1000000000 + (u64)value.interval.tv_usec * 1000);
    return old ? copy_out(old, &before, sizeof before) : 0;
}

long sys_getitimer(u64 which, u64 user)
{
    if (which > 2)
        return -EINVAL;
    struct itimerval value = interval_timer((u32)which);
    return copy_out(user, &value, sizeof value);
}

long sys_alarm(u64 seconds)
{
    struct itimerval before = interval_timer(0);
    timer_set(0, (seconds & 0xffffffff) * 1000000000, 0);
    return before.value.tv_sec +
           (before.value.tv_usec >= 500000 || (before.value.tv_sec == 0 && before.value.tv_usec > 0));
}

static struct timer *posix_timer(u64 id)
{
    id += 3;
    return id >= 3 && id < UB_TIMER_LIMIT && timers[id].used ? &timers[id] : 0;
}

long sys_timer_create(u64 clock, u64 user, u64 id)
{
    struct sigevent event = {.signo = SIGALRM, .notify = SIGEV_SIGNAL};
    u64 ns;
    /* Three only tell the time, and nothing here wakes a machine that sleeps. */
    if ((clock >= 4 && clock <= 6) || clock == 8 || clock == 9)
        return -EOPNOTSUPP;
    if (clock_now(clock, &ns))
        return -EINVAL;
    if (user && copy_in(&event, user, sizeof event))
        return -EFAULT;
    /* A C library makes SIGEV_THREAD of SIGEV_THREAD_ID and a thread; itself it is a signal. */
    if ((event.notify != SIGEV_SIGNAL && event.notify != SIGEV_NONE && event.notify != SIGEV_THREAD &&
         event.notify != SIGEV_THREAD_ID) ||
        (event.notify != SIGEV_NONE && (event.signo < 1 || event.signo >= UB_SIGNALS)) ||
        (event.notify == SIGEV_THREAD_ID && event.thread != (int)ub_control.pid))
        return -EINVAL;
    for (int i = 3; i < UB_TIMER_LIMIT; i++) {
        if (timers[i].used)
            continue;
        int number = i - 3;
        if (copy_out(id, &number, sizeof number))
            return -EFAULT;
        timers[i] = (struct timer){.value = user ? event.value : (u64)number,
                                   .used = 1,
                                   .clock = (u8)clock,
                                   .signo = (u8)event.signo,
                                   .none = event.notify == SIGEV_NONE};
        return 0;
    }
    return -EAGAIN;
}

static struct timespec to_timespec(u64 ns)
{
    return (struct timespec){(int64_t)(ns / 1000000000), (int64_t)(ns % 1000000000)};
}

static struct itimerspec timer_state(struct timer *t)
{
    u64 rest = timer_rest(t);
    return (struct itimerspec){to_timespec(t->interval), to_timespec(rest)};
}

long sys_timer_settime(u64 id, u64 flags, u64 user, u64 old)
{
    struct timer *t = posix_timer(id);
    u64 ns, interval;
    long result = user ? time_from_user(user, &interval) : -EINVAL;
    if (!result)
        result = time_from_user(user + sizeof(struct timespec), &ns);
    if (result)
        return result;
    if (!t)
        return -EINVAL;
    struct itimerspec before = timer_state(t);
    u64 late = 0;
    if (ns && (flags & 1)) { /* TIMER_ABSTIME */
        u64 now = 0;
        clock_now(t->clock, &now);
        late = ns > now ? 0 : now - ns;
        ns = ns > now ? ns - now : 1;
    }
    timer_set((u32)(t - timers), ns, interval);
    t->counted -= late; /* what would have expired since that time is overruns */
    return old ? copy_out(old, &before, sizeof before) : 0;
}

long sys_timer_gettime(u64 id, u64 user)
{
    struct timer *t = posix_timer(id);
    if (!t)
        return -EINVAL;
    struct itimerspec value = timer_state(t);
    return copy_out(user, &value, sizeof value);
}

long sys_timer_getoverrun(u64 id)
{
    struct timer *t = posix_timer(id);
    return t ? (long)t->overruns : -EINVAL;
}

long sys_timer_delete(u64 id)
{
    struct timer *t = posix_timer(id);
    if (!t)
        return -EINVAL;
    timer_set((u32)(t - timers), 0, 0);
    t->used = 0;
    return 0;
}
