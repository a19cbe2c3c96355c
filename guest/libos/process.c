/* Processes: starting, what fork leaves, exec, wait, and who is who. */
#include "libos.h"

static struct ub_registers initial;

/* Called on the way to the first instruction of a program, with the addresses of the handlers of exceptions. */
struct ub_registers *process_start(const u64 *trap_handlers)
{
    for (int v = 0; v < 33; v++) {
        ub_trap.frames[v][0] = trap_handlers[v];
        ub_trap.frames[v][1] = 0x23;
        ub_trap.frames[v][2] = 0x3002;
        ub_trap.frames[v][3] = (u64)trap_stack_top;
        ub_trap.frames[v][4] = 0x1b;
    }
    signal_start();
    attributes_start();
    memory_start();
    memory_unlocked();
    brk_start();
    robust_list_forget();
    if (ub_control.executed) {
        descriptors_exec();
        timers_exec();
    } else {
        descriptors_start();
    }
    translations_around(ub_control.entry);
    translations_around(ub_control.stack_pointer);
    initial.rip = ub_control.entry;
    initial.rsp = ub_control.stack_pointer;
    initial.rflags = 0x3202;
    return &initial;
}

/* Called first thing in a forked child; memory and descriptors are the parent's, the control page is the child's already. */
void process_forked(void)
{
    timers_forked();
    handover_forked();
    if (!ub_control.borrowed) {
        frames_forked();
        memory_unlocked();
        memory_forked();
    }
}

static bool valid_signal(u64 number)
{
    return number < UB_SIGNALS;
}

/* The child forked last, until it was waited for: who waits for it, or for any, is sure to wait for
 * something. */
static u32 newest_child;

static void child_reaped(long pid)
{
    if (pid == (long)newest_child)
        newest_child = 0;
}

void child_forked(u32 pid)
{
    newest_child = pid;
}

/*
 * exec: path, arguments and environment are packed into memory of our own, of which the monitor makes the
 * new program's stack: the bounce buffer if they fit. Larger ones get pages, which change the page tables, so
 * that the next fork costs more.
 */
#define EXEC_MOST (2UL << 20) /* Linux's limit with 8 MB of stack */
#define EXEC_STRING 0x20000   /* and for one string, its end included */

struct packing {
    u64 at, end;
    bool paged;
};

static long append(struct packing *to, u64 string, u64 most)
{
    long length = user_length((const char *)string, most);
    if (length < 0)
        return length;
    if ((u64)length == most)
        return most == EXEC_STRING ? -E2BIG : -ENAMETOOLONG;
    u64 end = to->at + (u64)length + 1;
    if (end > to->end)
        return -E2BIG;
    for (u64 page = to->at & ~(u64)(UB_PAGE - 1); to->paged && page < end; page += UB_PAGE)
        if (!private_page(page))
            return -ENOMEM;
    if (copy_in((void *)to->at, string, (u64)length))
        return -EFAULT;
    to->at += (u64)length;
    *(u8 *)to->at++ = 0;
    return 0;
}

/* Appends the strings of a NULL-terminated vector. */
static long append_vector(struct packing *to, u64 vector, u32 *count)
{
    for (*count = 0; vector; ++*count) {
        u64 string;
        if (copy_in(&string, vector + *count * 8UL, 8))
            return -EFAULT;
        if (!string)
            break;
        long result = append(to, string, EXEC_STRING);
        if (result)
            return result;
    }
    return 0;
}

static long pack(u64 start, u64 most, u64 path, u64 arguments, u64 environment)
{
    struct packing to = {start + sizeof(struct ub_exec), start + most, start == UB_EXEC_STRINGS};
    u32 argc = 0, envc = 0;
    if (to.paged && !private_page(start))
        return -ENOMEM;
    long result = append(&to, path, 4096);
    if (!result)
        result = append_vector(&to, arguments, &argc);
    if (!result)
        result = append_vector(&to, environment, &envc);
    if (!result)
        *(struct ub_exec *)start = (struct ub_exec){argc, envc, (u32)(to.at - start), 0};
    return result;
}

long sys_faccessat2(u64 directory, u64 path, u64 mode, u64 flags);

long sys_execveat(u64 directory, u64 path, u64 arguments, u64 environment, u64 flags)
{
    u64 strings = (u64)ub_bounce, handle = UB_CWD;
    if (flags & ~(u64)(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW))
        return -EINVAL;
    long result = sets_share(true);
    if (result < 0)
        return result;
    result = pack(strings, UB_BOUNCE_SIZE, path, arguments, environment);
    if (result == -E2BIG)
        result = pack(strings = UB_EXEC_STRINGS, EXEC_MOST, path, arguments, environment);
    if (result == -E2BIG) { /* a program that is not there is more important */
        long there = sys_faccessat2(directory, path, 1, 0);
        return there && !(flags & AT_EMPTY_PATH) ? there : result;
    }
    if (result)
        return result;
    if ((int)directory != AT_FDCWD && *(u8 *)(strings + sizeof(struct ub_exec)) != '/') {
        struct ub_descriptor *d = descriptor(directory);
        if (!d || d->kind != UB_FD_HOST)
            return d ? -ENOTDIR : -EBADF;
        handle = d->handle;
    }
    if ((int)directory == AT_FDCWD && (flags & AT_EMPTY_PATH) && !*(u8 *)(strings + sizeof(struct ub_exec)))
        return -EACCES; /* the working directory itself */
    struct ub_descriptor *itself = flags & AT_EMPTY_PATH ? descriptor(directory) : 0;
    if (itself && itself->close_on_exec)
        flags |= UB_EXEC_CLOSES; /* then a script cannot be opened again by its interpreter */
    /* On success the monitor replaces the program and starts again at libos_start; our own data stay. */
    return HC3(UB_HC_EXEC, strings, handle, flags);
}

long sys_execve(u64 path, u64 arguments, u64 environment)
{
    return sys_execveat((u64)AT_FDCWD, path, arguments, environment, 0);
}

static void fill_usage(struct rusage *usage, int64_t utime_us, int64_t stime_us, int64_t maxrss,
                       int64_t faults)
{
    memset(usage, 0, sizeof *usage);
    usage->utime = (struct timeval){utime_us / 1000000, utime_us % 1000000};
    usage->stime = (struct timeval){stime_us / 1000000, stime_us % 1000000};
    usage->maxrss = maxrss;
    usage->minflt = faults;
}

static bool wait_leaves(u32 from, u32 to)
{
    return __atomic_compare_exchange_n(&ub_control.wait_state, &from, to, false, __ATOMIC_SEQ_CST,
                                       __ATOMIC_SEQ_CST);
}

/* Where the machine can: asleep until a child ends. False: somebody has to ask the monitor. */
static bool wait_asleep(u64 type, u64 id)
{
    if (!newest_child || ub_control.auto_reap || (type != P_ALL && (type != P_PID || id != newest_child)) ||
        !wait_leaves(UB_WAIT_SPINNING, UB_WAIT_ASLEEP))
        return false;
    /* The monitor counts a child's end first, and looks at the state after. */
    if (!__atomic_load_n(&ub_control.zombies, __ATOMIC_SEQ_CST))
        child_park();
    return true;
}

/*
 * A child often ends soon, and an exit to the monitor costs as much as the whole life of a short one: spin
 * for a while, if a core is to spare, or sleep here, and let the monitor reap for us. Returns the child's
 * pid, or 0: ask the monitor.
 */
static long wait_here(u64 type, u64 id)
{
    static struct spinner spinner;
    if (wakes_left())
        return 0;
    u64 start = read_tsc(), limit = spin_limit(&spinner);
    ub_control.wait_type = (u32)type;
    ub_control.wait_id = (int32_t)id;
    __atomic_store_n(&ub_control.wait_state, UB_WAIT_SPINNING, __ATOMIC_SEQ_CST);
    while (limit && __atomic_load_n(&ub_control.wait_state, __ATOMIC_ACQUIRE) == UB_WAIT_SPINNING) {
        pause_cpu();
        if (read_tsc() - start >= limit || ub_control.pending || !spin_pays()) {
            spin_lost(&spinner);
            limit = 0;
        }
    }
    bool slept = !limit && wait_asleep(type, id);
    if (wait_leaves(UB_WAIT_SPINNING, UB_WAIT_IDLE) || wait_leaves(UB_WAIT_ASLEEP, UB_WAIT_IDLE))
        return 0;
    while (__atomic_load_n(&ub_control.wait_state, __ATOMIC_ACQUIRE) != UB_WAIT_DONE)
        pause_cpu();
    __atomic_store_n(&ub_control.wait_state, UB_WAIT_IDLE, __ATOMIC_RELEASE);
    if (!slept)
        spin_won(&spinner);
    return ub_control.wait_pid;
}

/* __WALL, __WCLONE: children made by clone with another signal than SIGCHLD are waited for on demand only. */
#define CLONE_CHILDREN 0xc0000000UL

long sys_wait4(u64 pid, u64 status, u64 options, u64 usage)
{
    int target = (int)pid;
    if (options & ~(u64)(WNOHANG | WUNTRACED | WCONTINUED | 0xe0000000))
        return -EINVAL;
    if (target == (int)0x80000000)
        return -ESRCH;
    u64 type = target == -1 ? P_ALL : target > 0 ? P_PID : P_PGID;
    u64 id = target > 0 ? (u64)target : target == 0 ? ub_control.pgid : (u64)-target;
    long found = options & (WNOHANG | WUNTRACED | WCONTINUED | CLONE_CHILDREN) ? 0 : wait_here(type, id);
    if (!found)
        found = HC3(UB_HC_WAIT, type, id, (options & (15 | CLONE_CHILDREN)) | WEXITED);
    if (found <= 0)
        return found;
    child_reaped(found);
    int word = (int)ub_control.wait_result[0];
    if (status && copy_out(status, &word, sizeof word))
        return -EFAULT;
    if (usage) {
        struct rusage value;
        fill_usage(&value, ub_control.wait_result[4], ub_control.wait_result[5], ub_control.wait_result[6],
                   0);
        if (copy_out(usage, &value, sizeof value))
            return -EFAULT;
    }
    return found;
}

/* pidfd_open and its kin: a descriptor that the monitor keeps, readable once the process has ended. */

long sys_pidfd_open(u64 pid, u64 flags)
{
    if ((int)pid <= 0 || (flags & ~(u64)O_NONBLOCK))
        return -EINVAL;
    int fd = descriptor_new(0);
    if (fd < 0)
        return fd;
    long made = hypercall(UB_HC_MAKE, NR_pidfd_open, pid, flags, 0, 0, 0);
    if (made < 0)
        return made;
    descriptors[fd] = host_descriptor(made, O_CLOEXEC);
    return fd;
}

/* The process of a descriptor, or -EBADF. */
static long process_of(u64 fd)
{
    long pid = file_call(NR_pidfd_open, fd, 0, 0, 0);
    return pid <= 0 ? -EBADF : pid;
}

long sys_pidfd_send_signal(u64 fd, u64 number, u64 information, u64 flags)
{
    struct siginfo info = {.code = SI_USER};
    long pid = process_of(fd);
    if (pid < 0)
        return pid;
    if (flags || !valid_signal(number & 0xffffffff))
        return -EINVAL;
    if (information && copy_in(&info, information, sizeof info))
        return -EFAULT;
    if (information && info.signo != (int32_t)number)
        return -EINVAL;
    if ((info.code >= 0 || info.code == SI_TKILL) && information && pid != (long)ub_control.pid)
        return -EPERM;
    return hypercall(UB_HC_KILL, (u64)pid, number, 0, (u64)(int64_t)info.code,
                     information ? info.sender.value : 0, 0);
}

/* What another process has open becomes ours: the same open file, or one more end of the pipe. */
long sys_pidfd_getfd(u64 fd, u64 target, u64 flags)
{
    struct ub_descriptor *d = descriptor(fd), fresh;
    if (flags)
        return -EINVAL;
    if (!d || d->kind != UB_FD_HOST)
        return -EBADF;
    int made = descriptor_new(0);
    if (made < 0)
        return made;
    long result = hypercall(UB_HC_MAKE, NR_pidfd_getfd, d->handle, (u64)(int)target, 0, 0, 0);
    if (result < 0)
        return result;
    if (result & UB_OPEN_RING) {
        fresh = (struct ub_descriptor){(u8)(result >> 16 & 15), 1, (u16)result, *(const u32 *)ub_bounce};
        pipe_hold(&fresh);
    } else {
        fresh = host_descriptor(result, O_CLOEXEC);
        fresh = host_descriptor(result, O_CLOEXEC | ((u64)HC2(UB_HC_HOST_FLAGS, fresh.handle, -1L) & O_PATH));
    }
    descriptors[made] = fresh;
    return made;
}

long sys_waitid(u64 type, u64 id, u64 information, u64 options, u64 usage)
{
    bool tries = false; /* PIDFD_NONBLOCK */
    if ((u32)type == P_PIDFD) {
        if ((int)id < 0)
            return -EINVAL;
        long pid = process_of(id);
        if (pid < 0)
            return pid;
        tries = !(options & WNOHANG) && (HC2(UB_HC_HOST_FLAGS, descriptor(id)->handle, -1L) & O_NONBLOCK);
        type = P_PID;
        id = (u64)pid;
    }
    if ((options & ~(u64)(WNOHANG | WNOWAIT | WEXITED | WUNTRACED | WCONTINUED | 0xe0000000)) ||
        !(options & (WEXITED | WUNTRACED | WCONTINUED)) || type > P_PGID || (type == P_PID && (int)id <= 0) ||
        (type == P_PGID && (int)id < 0))
        return -EINVAL;
    if (type == P_PGID && id == 0)
        id = ub_control.pgid;
    long found = HC3(UB_HC_WAIT, type, id, (options & (0x0100000f | CLONE_CHILDREN)) | (tries ? WNOHANG : 0));
    if (found < 0 || (!found && tries))
        return found ? found : -EAGAIN;
    if (!(options & WNOWAIT))
        child_reaped(found);
    struct siginfo info;
    memset(&info, 0, sizeof info);
    if (found) {
        info.signo = SIGCHLD;
        info.code = (int32_t)ub_control.wait_result[1];
        info.child.pid = (int32_t)found;
        info.child.uid = (int32_t)ub_control.wait_result[3];
        info.child.status = (int32_t)ub_control.wait_result[2];
    }
    if (information && copy_out(information, &info, sizeof info))
        return -EFAULT;
    if (found && usage) {
        struct rusage value;
        fill_usage(&value, ub_control.wait_result[4], ub_control.wait_result[5], ub_control.wait_result[6],
                   0);
        if (copy_out(usage, &value, sizeof value))
            return -EFAULT;
    }
    return 0;
}

long sys_getrusage(u64 who, u64 user)
{
    if ((int)who != 0 && (int)who != -1 && (int)who != 1)
        return -EINVAL;
    HC1(UB_HC_USAGE, (int)who == -1 ? -1L : 0L);
    struct rusage value;
    fill_usage(&value, ub_control.usage[0], ub_control.usage[1], ub_control.usage[2], ub_control.usage[3]);
    return copy_out(user, &value, sizeof value);
}

long sys_times(u64 user)
{
    struct tms value;
    HC1(UB_HC_USAGE, 0L);
    value.utime = ub_control.usage[0] / 10000;
    value.stime = ub_control.usage[1] / 10000;
    HC1(UB_HC_USAGE, -1L);
    value.cutime = ub_control.usage[0] / 10000;
    value.cstime = ub_control.usage[1] / 10000;
    if (user && copy_out(user, &value, sizeof value))
        return -EFAULT;
    return (long)(clock_monotonic() / 10000000);
}

long sys_kill(u64 pid, u64 number)
{
    if (!valid_signal(number & 0xffffffff))
        return -EINVAL;
    if ((int)pid == (int)ub_control.pid && number) {
        signal_raise((int)number, SI_USER);
        return 0;
    }
    return hypercall(UB_HC_KILL, (u64)(int64_t)(int)pid, number, 0, SI_USER, 0, 0);
}

long sys_tgkill(u64 group, u64 thread, u64 number)
{
    if (!valid_signal(number & 0xffffffff) || (int)group <= 0 || (int)thread <= 0)
        return -EINVAL;
    if ((int)group != (int)thread)
        return -ESRCH; /* every process has one thread, of its own number */
    if ((int)group == (int)ub_control.pid && number) {
        signal_raise((int)number, SI_TKILL);
        return 0;
    }
    return hypercall(UB_HC_KILL, group, number, thread, (u64)(int64_t)SI_TKILL, 0, 0);
}

long sys_tkill(u64 thread, u64 number)
{
    return sys_tgkill(thread, thread, number);
}

long sys_rt_sigqueueinfo(u64 pid, u64 number, u64 user)
{
    struct siginfo info;
    if (copy_in(&info, user, sizeof info))
        return -EFAULT;
    if ((info.code >= 0 || info.code == SI_TKILL) && (int)pid != (int)ub_control.pid)
        return -EPERM;
    if ((int)pid <= 0)
        return -ESRCH; /* it names one process, not a group or everybody */
    if (!valid_signal(number & 0xffffffff))
        return -EINVAL;
    return hypercall(UB_HC_KILL, pid, number, 0, (u64)(int64_t)info.code, info.sender.value, 0);
}

long sys_rt_tgsigqueueinfo(u64 group, u64 thread, u64 number, u64 user)
{
    return (int)group <= 0 || (int)thread <= 0 ? -EINVAL
           : group != thread                   ? -ESRCH
                                               : sys_rt_sigqueueinfo(group, number, user);
}

long sys_getpid(void)
{
    return ub_control.pid;
}

long sys_getppid(void)
{
    return __atomic_load_n(&ub_control.ppid, __ATOMIC_RELAXED);
}

long sys_setpgid(u64 pid, u64 pgid)
{
    if ((int)(pgid ? pgid : pid) < 0)
        return -EINVAL;
    return HC2(UB_HC_SETPGID, pid, pgid);
}

long sys_getpgid(u64 pid)
{
    return pid == 0 || pid == ub_control.pid ? (long)ub_control.pgid : HC1(UB_HC_GETPGID, pid);
}

long sys_getpgrp(void)
{
    return ub_control.pgid;
}

long sys_setsid(void)
{
    return HC0(UB_HC_SETSID);
}

long sys_getsid(u64 pid)
{
    return pid == 0 || pid == ub_control.pid ? (long)ub_control.sid : HC1(UB_HC_GETSID, pid);
}

long sys_arch_prctl(u64 code, u64 address)
{
    u64 base;
    switch (code) {
    case ARCH_SET_FS:
    case ARCH_SET_GS:
        if (address >= UB_LIBOS_TEXT)
            return -EPERM;
        if (code == ARCH_SET_FS)
            __asm__ volatile("wrfsbase %0" ::"r"(address));
        else
            __asm__ volatile("wrgsbase %0" ::"r"(address));
        return 0;
    case ARCH_GET_FS:
        __asm__ volatile("rdfsbase %0" : "=r"(base));
        return copy_out(address, &base, 8);
    case ARCH_GET_GS:
        __asm__ volatile("rdgsbase %0" : "=r"(base));
        return copy_out(address, &base, 8);
    default:
        return -EINVAL;
    }
}
