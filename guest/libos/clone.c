/*
 * fork and its kin. A process is a machine of its own, so what shares memory, descriptors, directories or
 * handlers between two of them is refused: threads loudly (ENOSYS, and the run's summary names the program),
 * the rest with EINVAL.
 */
#include "libos.h"

extern long fork_call(u64 flags);

/* What the monitor is told, in one word. */
#define FORK_VFORK 1                      /* the parent waits until the child execs or exits */
#define FORK_PIDFD 2                      /* the result has the handle of a pidfd above the pid */
#define FORK_SIBLING 4                    /* the child is the caller's parent's */
#define FORK_SIGNAL(n) ((u64)(n) << 8)    /* what the parent gets when the child ends; 0: nothing */
#define FORK_PID(n) ((u64)(u32)(n) << 32) /* which number the child is to have; 0: any */

static long fork_process(u64 flags)
{
    long result = sets_share(flags & FORK_VFORK);
    if (result < 0)
        return result;
    slots_shared();
    if (!(flags & FORK_VFORK)) {
        tables_freeze();
        memory_frozen();
    }
    descriptors_shared();
    result = fork_call(flags);
    if (result >= 0)
        child_forked(!(flags & FORK_SIBLING) && (flags >> 8 & 0xff) == SIGCHLD ? (u32)result : 0);
    return result;
}

long sys_fork(void)
{
    return fork_process(FORK_SIGNAL(SIGCHLD));
}

long sys_vfork(void)
{
    return fork_process(FORK_VFORK | FORK_SIGNAL(SIGCHLD));
}

/* struct clone_args of clone3, as far as Linux has it. */
struct clone_args {
    u64 flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size,
        cgroup;
};
#define CLONE_ARGS_FIRST 64 /* bytes that its first version had */

/* What makes processes share what they cannot. */
#define CLONE_SHARING                                                                                        \
    (CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_SYSVSEM | CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | \
     CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWTIME | CLONE_INTO_CGROUP)

/* Which of that nobody but an administrator may ask for, unless a user namespace comes first. */
#define CLONE_OF_ADMINISTRATORS                                                                  \
    (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET | \
     CLONE_NEWTIME)

/* Whether a word of the program may be written to; it stays what it is. */
static bool writable(u64 address)
{
    u32 value;
    return !copy_in(&value, address, sizeof value) && !copy_out(address, &value, sizeof value);
}

static void child_starts(const struct clone_args *wanted)
{
    u32 pid = ub_control.pid;
    if (wanted->flags & CLONE_CHILD_SETTID)
        copy_out(wanted->child_tid, &pid, sizeof pid);
    if (wanted->flags & CLONE_SETTLS)
        __asm__ volatile("wrfsbase %0" ::"r"(wanted->tls));
    if (wanted->flags & CLONE_CLEAR_SIGHAND)
        signal_default_actions();
    if (wanted->stack)
        syscall_frame.rsp = wanted->stack + wanted->stack_size;
}

/* pid: the number that the child is to have, or 0. */
static long clone_process(const struct clone_args *wanted, u32 pid)
{
    u64 flags = wanted->flags;
    if (((flags & CLONE_THREAD) && !(flags & CLONE_SIGHAND)) ||
        ((flags & CLONE_SIGHAND) && !(flags & CLONE_VM)) ||
        ((flags & CLONE_FS) && (flags & (CLONE_NEWNS | CLONE_NEWUSER))))
        return -EINVAL;
    if (flags & CLONE_THREAD || ((flags & CLONE_VM) && !(flags & CLONE_VFORK))) {
        ub_control.unsupported[current_syscall / 64] |= 1UL << (current_syscall % 64);
        HC1(UB_HC_FINDING, UB_FINDING_THREAD);
        return -ENOSYS;
    }
    if ((flags & CLONE_OF_ADMINISTRATORS) && !(flags & CLONE_NEWUSER) && !has_capability(CAP_SYS_ADMIN))
        return -EPERM;
    if (flags & CLONE_SHARING)
        return -EINVAL;
    int fd = flags & CLONE_PIDFD ? descriptor_new(0) : 0;
    if (fd < 0)
        return fd;
    if ((flags & CLONE_PIDFD) && !writable(wanted->pidfd))
        return -EFAULT;
    long result = fork_process(
        (flags & CLONE_VFORK ? FORK_VFORK : 0) | (flags & CLONE_PIDFD ? FORK_PIDFD : 0) |
        (flags & CLONE_PARENT ? FORK_SIBLING : 0) | FORK_SIGNAL(wanted->exit_signal) | FORK_PID(pid));
    if (result < 0)
        return result;
    if (result == 0) {
        child_starts(wanted);
        return 0;
    }
    u32 child = (u32)result;
    if (flags & CLONE_PIDFD) {
        descriptors[fd] = host_descriptor(result >> 32, O_CLOEXEC);
        copy_out(wanted->pidfd, &fd, sizeof fd);
    }
    if (flags & CLONE_PARENT_SETTID)
        copy_out(wanted->parent_tid, &child, sizeof child);
    return child;
}

long sys_clone(u64 flags, u64 stack, u64 parent_tid, u64 child_tid, u64 tls)
{
    flags &= 0xffffffff;
    struct clone_args wanted = {.flags = flags & ~(u64)CLONE_SIGNALS,
                                .pidfd = parent_tid,
                                .child_tid = child_tid,
                                .parent_tid = parent_tid,
                                .exit_signal = flags & CLONE_SIGNALS,
                                .stack = stack,
                                .tls = tls};
    if (wanted.exit_signal >= UB_SIGNALS ||
        ((flags & CLONE_PIDFD) && (flags & (CLONE_PARENT_SETTID | CLONE_DETACHED))))
        return -EINVAL;
    return clone_process(&wanted, 0);
}

/* The structure may be a later one, if nothing is set that is not known here. */
static long clone_arguments(u64 user, u64 size, struct clone_args *wanted)
{
    memset(wanted, 0, sizeof *wanted);
    if (size > UB_PAGE)
        return -E2BIG;
    if (size < CLONE_ARGS_FIRST)
        return -EINVAL;
    if (copy_in(wanted, user, size < sizeof *wanted ? size : sizeof *wanted))
        return -EFAULT;
    for (u64 at = sizeof *wanted; at < size; at++) {
        u8 later;
        if (copy_in(&later, user + at, 1))
            return -EFAULT;
        if (later)
            return -E2BIG;
    }
    return 0;
}

long sys_clone3(u64 user, u64 size)
{
    const u64 known = 0x3ffffffffUL & ~(u64)(CLONE_SIGNALS & ~(u32)CLONE_NEWTIME) & ~(u64)CLONE_DETACHED;
    struct clone_args wanted;
    u32 pid = 0;
    long result = clone_arguments(user, size, &wanted);
    if (result)
        return result;
    u64 flags = wanted.flags;
    if ((flags & ~known) || wanted.exit_signal >= UB_SIGNALS ||
        (wanted.stack != 0) != (wanted.stack_size != 0) ||
        ((flags & CLONE_SIGHAND) && (flags & CLONE_CLEAR_SIGHAND)) ||
        ((flags & (CLONE_THREAD | CLONE_PARENT)) && wanted.exit_signal) || wanted.set_tid_size > 32 ||
        (wanted.set_tid != 0) != (wanted.set_tid_size != 0))
        return -EINVAL;
    if (wanted.set_tid_size > 1)
        return -EINVAL; /* one number for each namespace, and there is one */
    if (wanted.set_tid_size && copy_in(&pid, wanted.set_tid, sizeof pid))
        return -EFAULT;
    if (wanted.set_tid_size && (int)pid <= 0)
        return -EINVAL;
    if (pid && !has_capability(CAP_SYS_ADMIN) && !has_capability(CAP_CHECKPOINT_RESTORE))
        return -EPERM;
    return clone_process(&wanted, pid);
}

/* Nothing is shared that could be given up; further namespaces there are none. */
long sys_unshare(u64 flags)
{
    return flags & ~(CLONE_FS | CLONE_FILES | CLONE_SYSVSEM | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM)
               ? -EINVAL
               : 0;
}
