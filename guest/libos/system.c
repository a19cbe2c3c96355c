/* What a program asks of the machine and of its limits. */
#include "libos.h"

#define UNLIMITED                    \
    {                                \
        RLIM_INFINITY, RLIM_INFINITY \
    }
struct rlimit limits[RLIMIT_COUNT] = {
    UNLIMITED,                       /* CPU */
    UNLIMITED,                       /* FSIZE */
    UNLIMITED,                       /* DATA */
    {UB_STACK_LIMIT, RLIM_INFINITY}, /* STACK */
    {0, RLIM_INFINITY},              /* CORE */
    UNLIMITED,                       /* RSS */
    UNLIMITED,                       /* NPROC */
    {DESCRIPTORS, DESCRIPTORS},      /* NOFILE */
    UNLIMITED,
    UNLIMITED,
    UNLIMITED,
    UNLIMITED,
    {819200, 819200}, /* MSGQUEUE */
    {0, 0},
    {0, 0},
    UNLIMITED,
};

long sys_uname(u64 user)
{
    return copy_out(user, (const void *)(u64)ub_system.sysname, 6 * 65);
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

static bool is_me(u64 pid)
{
    return pid == 0 || (u32)pid == ub_control.pid;
}

/* Of another process only that it is there is known; who started the first one is. */
static bool exists(u64 pid)
{
    return is_me(pid) || (u32)pid == ub_control.ppid || HC1(UB_HC_GETPGID, pid) >= 0;
}

long sys_prlimit64(u64 pid, u64 resource, u64 new, u64 old)
{
    if (pid != 0 && pid != ub_control.pid)
        return -ESRCH;
    if (resource >= RLIMIT_COUNT)
        return -EINVAL;
    struct rlimit before = limits[resource], value;
    if (new) {
        if (copy_in(&value, new, sizeof value))
            return -EFAULT;
        if (value.current > value.maximum)
            return -EINVAL;
        if (value.maximum > before.maximum)
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
    if (flags & ~7UL)
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

long sys_sched_getaffinity(u64 pid, u64 size, u64 user)
{
    u64 mask = affinity & all_cores() ? affinity & all_cores() : all_cores();
    if (!exists(pid))
        return -ESRCH;
    if (size < 8 || (size & 7))
        return -EINVAL;
    return copy_out(user, &mask, 8) ? -EFAULT : 8;
}

long sys_getcpu(u64 cpu, u64 node)
{
    u32 zero = 0;
    if ((cpu && copy_out(cpu, &zero, 4)) || (node && copy_out(node, &zero, 4)))
        return -EFAULT;
    return 0;
}

_Static_assert(sizeof(struct rlimit) == sizeof(struct ub_rlimit) && RLIMIT_COUNT == UB_RLIMITS,
               "the monitor reads limits");

/* What prctl sets and /proc shows lies in the control page. */
#define TIMER_SLACK 50000

/* A new program: others may look into it, whatever the one before said. Its name is the monitor's to set. */
void attributes_start(void)
{
    if (!ub_control.executed)
        ub_control.timer_slack = ub_control.default_timer_slack = TIMER_SLACK;
    ub_control.dumpable = 1;
}

void attributes_forked(void)
{
    ub_control.default_timer_slack = ub_control.timer_slack;
}

long sys_prctl(u64 option, u64 argument)
{
    switch (option) {
    case 1: /* PR_SET_PDEATHSIG */
        if (argument >= UB_SIGNALS)
            return -EINVAL;
        ub_control.death_signal = (u32)argument;
        return 0;
    case 2: { /* PR_GET_PDEATHSIG */
        int number = (int)ub_control.death_signal;
        return copy_out(argument, &number, sizeof number);
    }
    case 15: { /* PR_SET_NAME */
        char name[UB_COMM] = {0};
        long length = user_length((const char *)argument, UB_COMM - 1);
        if (length < 0 || copy_in(name, argument, (u64)length))
            return -EFAULT;
        memcpy(ub_control.comm, name, sizeof name);
        return 0;
    }
    case 16: /* PR_GET_NAME */
        return copy_out(argument, ub_control.comm, UB_COMM);
    case 3: /* PR_GET_DUMPABLE */
        return ub_control.dumpable;
    case 4: /* PR_SET_DUMPABLE */
        if (argument > 1)
            return -EINVAL;
        ub_control.dumpable = (u32)argument;
        return 0;
    case 29: /* PR_SET_TIMERSLACK */
        ub_control.timer_slack = argument ? argument : ub_control.default_timer_slack;
        return 0;
    case 30: /* PR_GET_TIMERSLACK */
        return (long)ub_control.timer_slack;
    case 36: /* PR_SET_CHILD_SUBREAPER */
        ub_control.subreaper = argument != 0;
        return 0;
    case 37: { /* PR_GET_CHILD_SUBREAPER */
        int number = (int)ub_control.subreaper;
        return copy_out(argument, &number, sizeof number);
    }
    case 38: /* PR_SET_NO_NEW_PRIVS */
        return 0;
    default:
        return -EINVAL;
    }
}

/* Priorities, scheduling: every process is alike, and says so. */
static int nice_value;

long sys_getpriority(u64 which, u64 who)
{
    if (which > 2)
        return -EINVAL;
    if (which == 0 && !is_me(who))
        return HC1(UB_HC_GETPGID, who) < 0 ? -ESRCH : 20;
    return 20 - nice_value;
}

long sys_setpriority(u64 which, u64 who, u64 value)
{
    int wanted = (int)value;
    if (which > 2)
        return -EINVAL;
    if (which == 0 && !is_me(who))
        return HC1(UB_HC_GETPGID, who) < 0 ? -ESRCH : -EPERM;
    nice_value = wanted < -20 ? -20 : wanted > 19 ? 19 : wanted;
    return 0;
}

long sys_sched_setaffinity(u64 pid, u64 size, u64 user)
{
    u64 mask = 0;
    if (!is_me(pid))
        return -ESRCH;
    if (copy_in(&mask, user, size < 8 ? size : 8))
        return -EFAULT;
    if (!(mask & all_cores()))
        return -EINVAL;
    affinity = mask;
    return 0;
}

long sys_sched_rr_get_interval(u64 pid, u64 user)
{
    struct timespec slice = {0, 4000000};
    return (int)pid < 0 ? -EINVAL : !exists(pid) ? -ESRCH : copy_out(user, &slice, sizeof slice);
}

long sys_sched_getscheduler(u64 pid)
{
    return exists(pid) ? 0 : -ESRCH;
}

long sys_sched_getparam(u64 pid, u64 user)
{
    int zero = 0;
    return (int)pid < 0 || !user ? -EINVAL : exists(pid) ? copy_out(user, &zero, sizeof zero) : -ESRCH;
}

long sys_sched_setscheduler(u64 pid, u64 policy, u64 user)
{
    int priority;
    if ((int)pid < 0 || !user)
        return -EINVAL;
    if (!exists(pid))
        return -ESRCH;
    if (copy_in(&priority, user, sizeof priority))
        return -EFAULT;
    if (policy == 1 || policy == 2)
        return priority < 1 || priority > 99 ? -EINVAL : -EPERM;
    return (policy == 0 || policy == 3 || policy == 5) && priority == 0 ? 0 : -EINVAL;
}

long sys_sched_setparam(u64 pid, u64 user)
{
    return sys_sched_setscheduler(pid, 0, user);
}

/* struct sched_attr; what follows nice are the numbers of real-time policies. */
struct sched_attr {
    u32 size, policy;
    u64 flags;
    int32_t nice;
    u32 priority;
    u64 runtime, deadline, period;
};

long sys_sched_getattr(u64 pid, u64 user, u64 size, u64 flags)
{
    struct sched_attr own = {.size = sizeof own, .nice = nice_value};
    if (!user || (int)pid < 0 || size < sizeof own || size > UB_PAGE || flags)
        return -EINVAL;
    return exists(pid) ? copy_out(user, &own, sizeof own) : -ESRCH;
}

long sys_sched_setattr(u64 pid, u64 user, u64 flags)
{
    struct sched_attr wanted;
    if (!user || (int)pid < 0 || flags)
        return -EINVAL;
    if (copy_in(&wanted, user, sizeof wanted))
        return -EFAULT;
    if (!is_me(pid))
        return -ESRCH;
    if (wanted.policy == 1 || wanted.policy == 2 || wanted.policy == 6)
        return -EPERM;
    if ((wanted.policy != 0 && wanted.policy != 3 && wanted.policy != 5) || wanted.priority)
        return -EINVAL;
    nice_value = wanted.nice < -20 ? -20 : wanted.nice > 19 ? 19 : wanted.nice;
    return 0;
}

/* The priority of input and output: remembered. */
static u32 io_priority;

long sys_ioprio_get(u64 which, u64 who)
{
    return which < 1 || which > 3 ? -EINVAL : which == 1 && !exists(who) ? -ESRCH : (long)io_priority;
}

long sys_ioprio_set(u64 which, u64 who, u64 priority)
{
    if (which < 1 || which > 3 || priority >> 13 > 3 || (priority & 0x1fff) > 7)
        return -EINVAL;
    if (which == 1 && !is_me(who))
        return -ESRCH;
    io_priority = (u32)priority;
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

static long priority_limit(u64 policy, long real_time)
{
    return policy == 1 || policy == 2 ? real_time : policy == 0 || policy == 3 || policy == 5 ? 0 : -EINVAL;
}

long sys_sched_get_priority_max(u64 policy)
{
    return priority_limit(policy, 99);
}

long sys_sched_get_priority_min(u64 policy)
{
    return priority_limit(policy, 1);
}

/* Users and groups: a process is who it is; further groups are what it says. */
#define GROUPS 64
static u32 groups[GROUPS], group_count;
static bool groups_set;

long sys_getgroups(u64 size, u64 user)
{
    u32 count = groups_set ? group_count : 1;
    if ((int)size < 0 || (size && size < count))
        return -EINVAL;
    if (size == 0)
        return count;
    u32 own = ub_control.gid;
    return copy_out(user, groups_set ? groups : &own, count * sizeof(u32)) ? -EFAULT : (long)count;
}

long sys_setgroups(u64 size, u64 user)
{
    if (ub_control.uid)
        return -EPERM;
    if (size > GROUPS)
        return -EINVAL;
    if (copy_in(groups, user, size * sizeof(u32)))
        return -EFAULT;
    group_count = (u32)size;
    groups_set = true;
    return 0;
}

static bool unchanged(u64 wanted, u32 id)
{
    return (u32)wanted == id || (u32)wanted == ~0U;
}

long sys_setuid(u64 id)
{
    return (u32)id == ub_control.uid ? 0 : -EPERM;
}

long sys_setgid(u64 id)
{
    return (u32)id == ub_control.gid ? 0 : -EPERM;
}

/* The user whose rights count for files is the user: these tell it, and change nothing. */
long sys_setfsuid(void)
{
    return ub_control.uid;
}

long sys_setfsgid(void)
{
    return ub_control.gid;
}

long sys_setresuid(u64 a, u64 b, u64 c)
{
    return unchanged(a, ub_control.uid) && unchanged(b, ub_control.uid) && unchanged(c, ub_control.uid)
               ? 0
               : -EPERM;
}

long sys_setresgid(u64 a, u64 b, u64 c)
{
    return unchanged(a, ub_control.gid) && unchanged(b, ub_control.gid) && unchanged(c, ub_control.gid)
               ? 0
               : -EPERM;
}

long sys_setreuid(u64 a, u64 b)
{
    return sys_setresuid(a, b, b);
}

long sys_setregid(u64 a, u64 b)
{
    return sys_setresgid(a, b, b);
}

/* Capabilities, in two words each: root has all of them, others none; they cannot be given up. */
struct capabilities {
    u32 effective, permitted, inheritable;
};
#define CAPABILITY_VERSION 0x20080522

static struct capabilities own_capabilities(int word)
{
    u32 all = ub_control.uid ? 0 : word ? 0x1ff : ~0U;
    return (struct capabilities){all, all, 0};
}

static long capability_header(u64 header)
{
    u32 wanted[2], version = CAPABILITY_VERSION;
    if (copy_in(wanted, header, sizeof wanted))
        return -EFAULT;
    if (wanted[0] != CAPABILITY_VERSION && wanted[0] != 0x20071026)
        return copy_out(header, &version, sizeof version) ? -EFAULT : -EINVAL;
    return is_me(wanted[1]) ? 0 : -ESRCH;
}

long sys_capget(u64 header, u64 data)
{
    struct capabilities own[2] = {own_capabilities(0), own_capabilities(1)};
    long result = capability_header(header);
    return result || !data ? (data                ? result
                              : result == -EINVAL ? 0
                                                  : result)
                           : copy_out(data, own, sizeof own);
}

long sys_capset(u64 header, u64 data)
{
    struct capabilities wanted[2];
    long result = capability_header(header);
    if (result)
        return result;
    if (copy_in(wanted, data, sizeof wanted))
        return -EFAULT;
    for (int i = 0; i < 2; i++)
        if (wanted[i].effective != own_capabilities(i).effective ||
            wanted[i].permitted != own_capabilities(i).permitted)
            return -EPERM;
    return 0;
}

long sys_personality(u64 persona)
{
    return (u32)persona == ~0U || (u32)persona == 0 ? 0 : -EINVAL;
}

/* Extended attributes: no file has any. */
long sys_no_attributes(void)
{
    return -EOPNOTSUPP;
}

long sys_set_tid_address(void)
{
    return ub_control.pid;
}

long sys_zero(void)
{
    return 0;
}

void *memcpy(void *to, const void *from, size_t n)
{
    void *result = to;
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(n)::"memory");
    return result;
}

void *memset(void *to, int value, size_t n)
{
    void *result = to;
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(n) : "a"(value) : "memory");
    return result;
}

void *memmove(void *to, const void *from, size_t n)
{
    u8 *d = to;
    const u8 *s = from;
    if (d <= s || d >= s + n)
        return memcpy(to, from, n);
    while (n--)
        d[n] = s[n];
    return to;
}
