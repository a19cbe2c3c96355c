/* Clocks from the TSC and the system page, and the one interval timer. */
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
static long clock_now(u64 clock, u64 *ns)
{
    switch ((int)clock) {
    case 0:
    case 5:
        *ns = clock_monotonic() + (u64)ub_system.realtime_offset_ns;
        return 0;
    case 1:
    case 4:
    case 6:
        *ns = clock_monotonic();
        return 0;
    case 7:
        *ns = clock_monotonic() + (u64)ub_system.boottime_offset_ns;
        return 0;
    case 2:
    case 3:
        HC1(UB_HC_USAGE, 0L);
        *ns = (u64)(ub_control.usage[0] + ub_control.usage[1]) * 1000;
        return 0;
    default:
        return -EINVAL;
    }
}

long sys_clock_gettime(u64 clock, u64 user)
{
    u64 ns;
    long result = clock_now(clock, &ns);
    if (result)
        return result;
    struct timespec value = {(int64_t)(ns / 1000000000), (int64_t)(ns % 1000000000)};
    return copy_out(user, &value, sizeof value);
}

long sys_clock_getres(u64 clock, u64 user)
{
    u64 ns;
    long result = clock_now(clock, &ns);
    struct timespec value = {0, clock == 5 || clock == 6 ? 4000000 : 1};
    return result ? result : user ? copy_out(user, &value, sizeof value) : 0;
}

long sys_gettimeofday(u64 user, u64 zone)
{
    u64 ns;
    clock_now(0, &ns);
    struct timeval value = {(int64_t)(ns / 1000000000), (int64_t)(ns % 1000000000 / 1000)};
    u64 none = 0;
    if (user && copy_out(user, &value, sizeof value))
        return -EFAULT;
    return zone ? copy_out(zone, &none, 8) : 0;
}

long sys_time(u64 user)
{
    u64 ns;
    clock_now(0, &ns);
    long seconds = (long)(ns / 1000000000);
    return user && copy_out(user, &seconds, 8) ? -EFAULT : seconds;
}

static u64 timer_deadline, timer_interval; /* CLOCK_MONOTONIC ns, ns; the monitor raises SIGALRM */

/* A child has no timers. */
void timers_forked(void)
{
    timer_deadline = timer_interval = 0;
}

static struct itimerval timer_now(void)
{
    u64 now = clock_monotonic(), left = 0;
    if (timer_deadline) {
        if (timer_deadline <= now && timer_interval)
            timer_deadline += ((now - timer_deadline) / timer_interval + 1) * timer_interval;
        left = timer_deadline > now ? timer_deadline - now : 0;
    }
    return (struct itimerval){
        {(int64_t)(timer_interval / 1000000000), (int64_t)(timer_interval % 1000000000 / 1000)},
        {(int64_t)(left / 1000000000), (int64_t)(left % 1000000000 / 1000)}};
}

static void timer_set(u64 ns, u64 interval)
{
    timer_deadline = ns ? clock_monotonic() + ns : 0;
    timer_interval = ns ? interval : 0;
    HC2(UB_HC_TIMER, timer_deadline, timer_interval);
}

long sys_setitimer(u64 which, u64 new, u64 old)
{
    struct itimerval value = {{0, 0}, {0, 0}}, before = timer_now();
    if (which != 0)
        return -EINVAL; /* only ITIMER_REAL is there */
    if (new &&copy_in(&value, new, sizeof value))
        return -EFAULT;
    if ((u64)value.value.tv_usec >= 1000000 || (u64)value.interval.tv_usec >= 1000000 ||
        value.value.tv_sec < 0 || value.interval.tv_sec < 0)
        return -EINVAL;
    timer_set((u64)value.value.tv_sec * 1000000000 + (u64)value.value.tv_usec * 1000,
              (u64)value.interval.tv_sec * 1000000000 + (u64)value.interval.tv_usec * 1000);
    return old ? copy_out(old, &before, sizeof before) : 0;
}

long sys_getitimer(u64 which, u64 user)
{
    struct itimerval value = timer_now();
    return which != 0 ? -EINVAL : copy_out(user, &value, sizeof value);
}

long sys_alarm(u64 seconds)
{
    struct itimerval before = timer_now();
    timer_set((seconds & 0xffffffff) * 1000000000, 0);
    return before.value.tv_sec +
           (before.value.tv_usec >= 500000 || (before.value.tv_sec == 0 && before.value.tv_usec > 0));
}
