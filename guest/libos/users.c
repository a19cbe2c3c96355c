/* Who the process is, and its priorities: the monitor's to keep and to change; what is asked often is in the
 * control page. */
#include "libos.h"

#define SCHED_LAST 7 /* SCHED_EXT; 4 was never given */

static long users_call(u64 call, u64 a, u64 b, u64 c)
{
    return hypercall(UB_HC_USERS, call, a, b, c, 0, 0);
}

long sys_getuid(void)
{
    return ub_control.uid;
}

long sys_geteuid(void)
{
    return ub_control.euid;
}

long sys_getgid(void)
{
    return ub_control.gid;
}

long sys_getegid(void)
{
    return ub_control.egid;
}

static long copy_three(u64 real, u64 effective, u64 saved, const u32 *ids)
{
    return copy_out(real, &ids[0], 4) || copy_out(effective, &ids[1], 4) || copy_out(saved, &ids[2], 4)
               ? -EFAULT
               : 0;
}

long sys_getresuid(u64 real, u64 effective, u64 saved)
{
    return copy_three(real, effective, saved, (u32[]){ub_control.uid, ub_control.euid, ub_control.suid});
}

long sys_getresgid(u64 real, u64 effective, u64 saved)
{
    return copy_three(real, effective, saved, (u32[]){ub_control.gid, ub_control.egid, ub_control.sgid});
}

long sys_setuid(u64 id)
{
    return users_call(NR_setuid, id, 0, 0);
}

long sys_setgid(u64 id)
{
    return users_call(NR_setgid, id, 0, 0);
}

long sys_setreuid(u64 real, u64 effective)
{
    return users_call(NR_setreuid, real, effective, 0);
}

long sys_setregid(u64 real, u64 effective)
{
    return users_call(NR_setregid, real, effective, 0);
}

long sys_setresuid(u64 real, u64 effective, u64 saved)
{
    return users_call(NR_setresuid, real, effective, saved);
}

long sys_setresgid(u64 real, u64 effective, u64 saved)
{
    return users_call(NR_setresgid, real, effective, saved);
}

long sys_setfsuid(u64 id)
{
    return users_call(NR_setfsuid, id, 0, 0);
}

long sys_setfsgid(u64 id)
{
    return users_call(NR_setfsgid, id, 0, 0);
}

/* Supplementary groups: as many at a time as the bounce buffer holds. */
#define GROUPS_AT_ONCE (UB_BOUNCE_SIZE / sizeof(u32))
#define MOST_GROUPS 65536

static u64 groups_in_piece(u64 count, u64 from)
{
    return count - from < GROUPS_AT_ONCE ? count - from : GROUPS_AT_ONCE;
}

long sys_getgroups(u64 size, u64 user)
{
    long count = users_call(NR_getgroups, 0, 0, 0);
    if ((int)size < 0 || (size && (u32)size < (u64)count))
        return -EINVAL;
    for (u64 from = 0; size && from < (u64)count; from += GROUPS_AT_ONCE) {
        if (from)
            users_call(NR_getgroups, from, 0, 0);
        if (copy_out(user + from * sizeof(u32), ub_bounce, groups_in_piece((u64)count, from) * sizeof(u32)))
            return -EFAULT;
    }
    return count;
}

long sys_setgroups(u64 size, u64 user)
{
    u64 count = (u32)size, from = 0;
    if (!has_capability(CAP_SETGID))
        return -EPERM;
    if (count > MOST_GROUPS)
        return -EINVAL;
    long result;
    do {
        u64 piece = groups_in_piece(count, from);
        if (copy_in(ub_bounce, user + from * sizeof(u32), piece * sizeof(u32)))
            return -EFAULT;
        result = users_call(NR_setgroups, count, from, 0);
        from += piece;
    } while (!result && from < count);
    return result;
}

/* Capabilities: one word each in the first version of the interface, two since. */
struct capability_words {
    u32 effective, permitted, inheritable;
};
#define CAPABILITY_VERSION_1 0x19980330
#define CAPABILITY_VERSION_2 0x20071026
#define CAPABILITY_VERSION_3 0x20080522

/* How many words the caller's version has; its pid. */
static long capability_words(u64 header, u64 *words)
{
    u32 version, newest = CAPABILITY_VERSION_3;
    if (copy_in(&version, header, sizeof version))
        return -EFAULT;
    *words = version == CAPABILITY_VERSION_1 ? 1 : 2;
    if (version == CAPABILITY_VERSION_1 || version == CAPABILITY_VERSION_2 || version == CAPABILITY_VERSION_3)
        return 0;
    return copy_out(header, &newest, sizeof newest) ? -EFAULT : -EINVAL;
}

long sys_capget(u64 header, u64 data)
{
    u64 count;
    int pid;
    long result = capability_words(header, &count);
    if (result || !data)
        return result == -EINVAL && !data ? 0 : result;
    if (copy_in(&pid, header + 4, sizeof pid))
        return -EFAULT;
    if (pid < 0)
        return -EINVAL;
    result = users_call(NR_capget, (u64)pid, 0, 0);
    if (result)
        return result;
    const u64 *sets = (const u64 *)ub_bounce;
    struct capability_words words[2];
    for (int i = 0; i < 2; i++)
        words[i] = (struct capability_words){(u32)(sets[0] >> 32 * i), (u32)(sets[1] >> 32 * i),
                                             (u32)(sets[2] >> 32 * i)};
    return copy_out(data, words, count * sizeof *words);
}

long sys_capset(u64 header, u64 data)
{
    u64 count;
    int pid;
    struct capability_words words[2];
    long result = capability_words(header, &count);
    if (result)
        return result;
    if (copy_in(&pid, header + 4, sizeof pid))
        return -EFAULT;
    if (!is_me((u64)pid))
        return -EPERM;
    memset(words, 0, sizeof words);
    if (copy_in(words, data, count * sizeof *words))
        return -EFAULT;
    u64 *sets = (u64 *)ub_bounce;
    sets[0] = words[0].effective | (u64)words[1].effective << 32;
    sets[1] = words[0].permitted | (u64)words[1].permitted << 32;
    sets[2] = words[0].inheritable | (u64)words[1].inheritable << 32;
    return users_call(NR_capset, 0, 0, 0);
}

/* The options of prctl that are about credentials; others are EINVAL. */
long users_prctl(u64 option, u64 a, u64 b, u64 c, u64 d)
{
    return hypercall(UB_HC_USERS, NR_prctl, option, a, b, c | d, 0);
}

/* Priorities and scheduling. */
#define PRIO_KINDS 3

long sys_getpriority(u64 which, u64 who)
{
    return which >= PRIO_KINDS ? -EINVAL : users_call(NR_getpriority, which, who, 0);
}

long sys_setpriority(u64 which, u64 who, u64 value)
{
    return which >= PRIO_KINDS ? -EINVAL
                               : hypercall(UB_HC_USERS, NR_setpriority, which, who, (u64)(int64_t)(int)value,
                                           limits[RLIMIT_NICE].current, 0);
}

long sys_ioprio_get(u64 which, u64 who)
{
    return which < 1 || which > PRIO_KINDS ? -EINVAL : users_call(NR_ioprio_get, which, who, 0);
}

long sys_ioprio_set(u64 which, u64 who, u64 priority)
{
    return which < 1 || which > PRIO_KINDS ? -EINVAL : users_call(NR_ioprio_set, which, who, priority);
}

struct sched_attr {
    u32 size, policy;
    u64 flags;
    int32_t nice;
    u32 priority;
    u64 runtime, deadline, period;
};
#define SCHED_ATTR_OLDEST 48
#define SCHED_RESET_ON_FORK 0x40000000

/* What the monitor says of a process, in the bounce buffer. */
static long scheduling_of(u64 pid)
{
    return (int)pid < 0 ? -EINVAL : users_call(NR_sched_getattr, pid, 0, 0);
}

static const struct sched_attr *told(void)
{
    return (const struct sched_attr *)ub_bounce;
}

long sys_sched_rr_get_interval(u64 pid, u64 user)
{
    long result = scheduling_of(pid);
    if (result)
        return result;
    u32 policy = told()->policy;
    struct timespec slice = {0, policy == SCHED_FIFO ? 0 : policy == SCHED_RR ? 100000000 : 4000000};
    return copy_out(user, &slice, sizeof slice);
}

long sys_sched_getscheduler(u64 pid)
{
    long result = scheduling_of(pid);
    return result ? result : (long)(told()->policy | (told()->flags & 1 ? SCHED_RESET_ON_FORK : 0));
}

long sys_sched_getparam(u64 pid, u64 user)
{
    if (!user)
        return -EINVAL;
    long result = scheduling_of(pid);
    if (result)
        return result;
    u32 priority = told()->priority;
    return copy_out(user, &priority, sizeof priority);
}

long sys_sched_setscheduler(u64 pid, u64 policy, u64 user)
{
    int priority;
    if ((int)pid < 0 || (int)policy < 0 || !user)
        return -EINVAL;
    if (copy_in(&priority, user, sizeof priority))
        return -EFAULT;
    return hypercall(UB_HC_USERS, NR_sched_setscheduler, pid, policy, (u64)(int64_t)priority,
                     limits[RLIMIT_NICE].current, limits[RLIMIT_RTPRIO].current);
}

long sys_sched_setparam(u64 pid, u64 user)
{
    int priority;
    if ((int)pid < 0 || !user)
        return -EINVAL;
    if (copy_in(&priority, user, sizeof priority))
        return -EFAULT;
    return hypercall(UB_HC_USERS, NR_sched_setparam, pid, (u64)(int64_t)priority, limits[RLIMIT_NICE].current,
                     limits[RLIMIT_RTPRIO].current, 0);
}

long sys_sched_getattr(u64 pid, u64 user, u64 size, u64 flags)
{
    if (!user || (int)pid < 0 || (u32)size < SCHED_ATTR_OLDEST || (u32)size > UB_PAGE || flags)
        return -EINVAL;
    long result = scheduling_of(pid);
    return result ? result : copy_out(user, told(), SCHED_ATTR_OLDEST);
}

long sys_sched_setattr(u64 pid, u64 user, u64 flags)
{
    struct sched_attr *wanted = (struct sched_attr *)ub_bounce;
    u32 size;
    if (!user || (int)pid < 0 || flags)
        return -EINVAL;
    if (copy_in(&size, user, sizeof size))
        return -EFAULT;
    if (size && size < SCHED_ATTR_OLDEST) {
        size = SCHED_ATTR_OLDEST;
        return copy_out(user, &size, sizeof size) ? -EFAULT : -E2BIG;
    }
    if (copy_in(wanted, user, SCHED_ATTR_OLDEST))
        return -EFAULT;
    if ((int)wanted->policy < 0)
        return -EINVAL;
    return users_call(NR_sched_setattr, pid, limits[RLIMIT_NICE].current, limits[RLIMIT_RTPRIO].current);
}

static long priority_limit(u64 policy, long real_time)
{
    return policy == SCHED_FIFO || policy == SCHED_RR ? real_time
           : policy > SCHED_LAST || policy == 4       ? -EINVAL
                                                      : 0;
}

long sys_sched_get_priority_max(u64 policy)
{
    return priority_limit(policy, 99);
}

long sys_sched_get_priority_min(u64 policy)
{
    return priority_limit(policy, 1);
}
