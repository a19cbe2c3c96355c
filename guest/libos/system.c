/* What a program asks of the machine and of its limits. */
#include "libos.h"

#define NAME UB_NAME_BYTES

/* The family may have names of its own; a program that asked for another personality sees another machine. */
long sys_uname(u64 user)
{
    struct {
        char system[NAME], node[NAME], release[NAME], version[NAME], machine[NAME], domain[NAME];
    } name;
    memcpy(&name, (const void *)(u64)ub_system.sysname, sizeof name);
    if (ub_control.renamed && !HC1(UB_HC_USERS, NR_uname)) {
        memcpy(name.node, ub_bounce, NAME);
        memcpy(name.domain, ub_bounce + NAME, NAME);
    }
    if ((ub_control.personality & PER_MASK) == PER_LINUX32) {
        memset(name.machine, 0, NAME);
        memcpy(name.machine, "i686", 4);
    }
    return copy_out(user, &name, sizeof name);
}

static long set_name(u64 number, u64 user, u64 length)
{
    if (!has_capability(CAP_SYS_ADMIN))
        return -EPERM;
    if (length >= NAME)
        return -EINVAL;
    memset(ub_bounce, 0, NAME);
    return copy_in(ub_bounce, user, length) ? -EFAULT : HC1(UB_HC_USERS, number);
}

long sys_sethostname(u64 user, u64 length)
{
    return set_name(NR_sethostname, user, (u64)(int64_t)(int)length);
}

long sys_setdomainname(u64 user, u64 length)
{
    return set_name(NR_setdomainname, user, (u64)(int64_t)(int)length);
}

long sys_sysinfo(u64 user)
{
    struct sysinfo info;
    memset(&info, 0, sizeof info);
    info.uptime = (int64_t)(clock_monotonic() / 1000000000);
    info.totalram = ub_control.ram_max;
    info.freeram = frames_free() * UB_PAGE;
    info.procs = 1;
    info.mem_unit = 1;
    return copy_out(user, &info, sizeof info);
}

/* Of another process only that it is there is known; who started the first one is. */
bool process_exists(u64 pid)
{
    return is_me(pid) || (u32)pid == ub_control.ppid || HC1(UB_HC_GETPGID, pid) >= 0;
}

long sys_prlimit64(u64 pid, u64 resource, u64 new, u64 old)
{
    if (resource >= UB_RLIMITS)
        return -EINVAL;
    struct ub_rlimit before = limits[resource], value;
    if (new &&copy_in(&value, new, sizeof value))
        return -EFAULT;
    if (!is_me(pid)) {
        if (new)
            memcpy(ub_bounce, &value, sizeof value);
        long result = hypercall(UB_HC_USERS, NR_prlimit64, pid, resource, new != 0, 0, 0);
        return !result && old ? copy_out(old, ub_bounce, sizeof value) : result;
    }
    if (new) {
        if (value.current > value.maximum)
            return -EINVAL;
        if ((value.maximum > before.maximum && !has_capability(CAP_SYS_RESOURCE)) ||
            (resource == RLIMIT_NOFILE && value.maximum > UB_DESCRIPTORS))
            return -EPERM;
        limits[resource] = value;
        if (resource == RLIMIT_CPU)
            cpu_limit_changed();
    }
    return old ? copy_out(old, &before, sizeof before) : 0;
}

long sys_getrlimit(u64 resource, u64 user)
{
    return sys_prlimit64(0, resource, 0, user);
}

long sys_setrlimit(u64 resource, u64 user)
{
    return sys_prlimit64(0, resource, user, 0);
}

long sys_getrandom(u64 user, u64 bytes, u64 flags)
{
    if ((flags & ~(u64)(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE)) ||
        (flags & (GRND_RANDOM | GRND_INSECURE)) == (GRND_RANDOM | GRND_INSECURE))
        return -EINVAL;
    u64 done = 0;
    if (bytes > RW_MAX)
        bytes = RW_MAX;
    while (done < bytes) {
        u64 piece = bytes - done < UB_BOUNCE_SIZE ? bytes - done : UB_BOUNCE_SIZE;
        long result = HC1(UB_HC_RANDOM, piece);
        if (result < 0)
            return done ? (long)done : result;
        if (copy_out(user + done, ub_bounce, piece))
            return -EFAULT;
        done += piece;
    }
    return (long)done;
}

long sys_umask(u64 mask)
{
    u32 old = ub_control.umask;
    ub_control.umask = mask & 0777;
    return old;
}

static u64 affinity; /* what the program asked for; 0: nothing. The monitor places processes by itself. */

static u64 all_cores(void)
{
    return ub_system.cores >= 64 ? ~0UL : (1UL << ub_system.cores) - 1;
}

static u64 allowed_cores(void)
{
    return affinity & all_cores() ? affinity & all_cores() : all_cores();
}

long sys_sched_getaffinity(u64 pid, u64 size, u64 user)
{
    u64 mask = allowed_cores();
    if (!process_exists(pid))
        return -ESRCH;
    if (size < 8 || (size & 7))
        return -EINVAL;
    return copy_out(user, &mask, 8) ? -EFAULT : 8;
}

/* Where the process is right now the host knows; it may be on any of those. */
long sys_getcpu(u64 cpu, u64 node)
{
    u32 zero = 0, lowest = (u32)__builtin_ctzl(allowed_cores());
    if ((cpu && copy_out(cpu, &lowest, 4)) || (node && copy_out(node, &zero, 4)))
        return -EFAULT;
    return 0;
}

/* What prctl sets and /proc shows lies in the control page. */
#define TIMER_SLACK 50000

void attributes_start(void)
{
    if (!ub_control.executed)
        ub_control.timer_slack = ub_control.default_timer_slack = TIMER_SLACK, ub_control.personality = 0;
}

/* State of memory that the host decides over: it reads back, inherited by children and kept by exec. */
static long memory_attribute(u64 option, u64 argument, u64 b, u64 c, u64 d)
{
    static bool thp_disabled;
    static u32 mce_policy = PR_MCE_KILL_DEFAULT;
    switch (option) {
    case PR_SET_THP_DISABLE:
        if (b || c || d)
            return -EINVAL;
        thp_disabled = argument;
        return 0;
    case PR_GET_THP_DISABLE:
        return argument || b || c || d ? -EINVAL : thp_disabled;
    case PR_MCE_KILL_GET:
        return argument || b || c || d ? -EINVAL : (long)mce_policy;
    default:
        if (c || d || argument > PR_MCE_KILL_SET ||
            (argument == PR_MCE_KILL_CLEAR ? b != 0 : b > PR_MCE_KILL_DEFAULT))
            return -EINVAL;
        mce_policy = argument == PR_MCE_KILL_CLEAR ? PR_MCE_KILL_DEFAULT : (u32)b;
        return 0;
    }
}

long sys_prctl(u64 option, u64 argument, u64 b, u64 c, u64 d)
{
    switch (option) {
    case PR_SET_THP_DISABLE:
    case PR_GET_THP_DISABLE:
    case PR_MCE_KILL:
    case PR_MCE_KILL_GET:
        return memory_attribute(option, argument, b, c, d);
    case PR_GET_TIMING:               /* statistical, the only kind */
    case PR_GET_SECCOMP:              /* none */
    case PR_TASK_PERF_EVENTS_DISABLE: /* there are none */
    case PR_TASK_PERF_EVENTS_ENABLE:
        return 0;
    case PR_SET_TIMING:
        return argument == PR_TIMING_STATISTICAL ? 0 : -EINVAL;
    case PR_GET_TSC: {
        int readable = PR_TSC_ENABLE;
        return copy_out(argument, &readable, sizeof readable);
    }
    case PR_SET_TSC:
        return argument == PR_TSC_ENABLE ? 0 : -EINVAL;
    case PR_SET_MM:
        return has_capability(CAP_SYS_RESOURCE) ? -EINVAL : -EPERM;
    case PR_SET_PDEATHSIG:
        if (argument >= UB_SIGNALS)
            return -EINVAL;
        ub_control.death_signal = (u32)argument;
        return 0;
    case PR_GET_PDEATHSIG: {
        int number = (int)ub_control.death_signal;
        return copy_out(argument, &number, sizeof number);
    }
    case PR_SET_NAME: {
        char name[UB_COMM] = {0};
        long length = user_length((const char *)argument, UB_COMM - 1);
        if (length < 0 || copy_in(name, argument, (u64)length))
            return -EFAULT;
        memcpy(ub_control.comm, name, sizeof name);
        return 0;
    }
    case PR_GET_NAME:
        return copy_out(argument, ub_control.comm, UB_COMM);
    case PR_SET_TIMERSLACK:
        ub_control.timer_slack = argument ? argument : ub_control.default_timer_slack;
        return 0;
    case PR_GET_TIMERSLACK:
        return (long)ub_control.timer_slack;
    case PR_SET_CHILD_SUBREAPER:
        ub_control.subreaper = argument != 0;
        return 0;
    case PR_GET_CHILD_SUBREAPER: {
        int number = (int)ub_control.subreaper;
        return copy_out(argument, &number, sizeof number);
    }
    default:
        return users_prctl(option, argument, b, c, d);
    }
}

long sys_sched_setaffinity(u64 pid, u64 size, u64 user)
{
    u64 mask = 0;
    if (copy_in(&mask, user, size < 8 ? size : 8))
        return -EFAULT;
    if (!process_exists(pid))
        return -ESRCH;
    if (!is_me(pid))
        return -EPERM; /* of itself alone */
    if (!(mask & all_cores()))
        return -EINVAL;
    affinity = mask;
    return 0;
}

/* Barriers between the threads of a process, of which there is one. */
long sys_membarrier(u64 command, u64 flags)
{
    const u64 known = 1 | 8 | 16; /* GLOBAL, PRIVATE_EXPEDITED and its registration */
    if (flags)
        return -EINVAL;
    return command == 0 ? (long)known : command & (command - 1) || !(command & known) ? -EINVAL : 0;
}

/* Kept, and read back; but for the machine's name it has no effect. */
long sys_personality(u64 persona)
{
    u32 old = (u32)ub_control.personality;
    if ((u32)persona != ~0U)
        ub_control.personality = (u32)persona;
    return old;
}

/* Namespaces there are none. */
long sys_setns(u64 fd)
{
    return descriptor(fd) ? -EINVAL : -EBADF;
}

long sys_kcmp(u64 first, u64 second, u64 type, u64 one, u64 other)
{
    return hypercall(UB_HC_USERS, NR_kcmp, first, second, type, one, other);
}

/* There is nothing to go on with: calls that are cut short are made again as they were. */
long sys_restart_syscall(void)
{
    return -EINTR;
}

long sys_set_tid_address(void)
{
    return ub_control.pid;
}

long sys_zero(void)
{
    return 0;
}
