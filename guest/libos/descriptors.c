/* Calls on descriptors of any kind. */
#include "libos.h"

SCRATCH u8 copy_buffer[16384];

void descriptors_start(void)
{
    ub_control.descriptors = 0;
    descriptors_reach(UB_STDIO - 1);
    for (u32 i = 0; i < UB_STDIO; i++) {
        struct ub_descriptor d = {(u8)ub_control.stdio_kind[i], 0, 0, 0};
        if (is_pipe(&d)) {
            d.slot = (u16)ub_control.stdio_handle[i];
            pipe_hold(&d);
        } else {
            d = host_descriptor(ub_control.stdio_handle[i], 0);
        }
        descriptors[i] = d;
    }
}

static void release(struct ub_descriptor *d)
{
    struct ub_descriptor old = *d;
    u32 fd = (u32)(d - descriptors);
    d->kind = UB_FD_FREE;
    epoll_forget(fd, &old);
    if (old.kind == UB_FD_SIGNAL && !is_open_elsewhere(fd, &old))
        shared_sets_forget(fd);
    kind_of(&old)->release(&old);
    descriptors_shrink();
}

void descriptors_exec(void)
{
    events_exec();
    for (u32 fd = 0; fd < ub_control.descriptors; fd++)
        if (descriptors[fd].kind != UB_FD_FREE && descriptors[fd].close_on_exec)
            release(&descriptors[fd]);
}

static long transfer(struct ub_descriptor *d, u64 buffer, u64 bytes, bool writing)
{
    const struct kind *kind = kind_of(d);
    if (bytes > RW_MAX)
        bytes = RW_MAX;
    long result = writing ? kind->write(d, buffer, bytes) : kind->read(d, buffer, bytes);
    if (result > 0)
        ub_counters.transferred[writing] += (u64)result;
    return result;
}

long sys_read(u64 fd, u64 buffer, u64 bytes)
{
    struct ub_descriptor *d = descriptor(fd);
    return d ? transfer(d, buffer, bytes, false) : -EBADF;
}

long sys_write(u64 fd, u64 buffer, u64 bytes)
{
    struct ub_descriptor *d = descriptor(fd);
    return d ? transfer(d, buffer, bytes, true) : -EBADF;
}

/* A vector whose parts together fit PIPE_BUF must reach a pipe in one piece: gather it first. */
static long gather(struct ub_descriptor *d, const struct iovec *parts, u64 count, u64 total)
{
    u8 *buffer = copy_buffer;
    u64 at = 0;
    for (u64 i = 0; i < count; i++) {
        if (copy_in(buffer + at, parts[i].base, parts[i].length))
            return -EFAULT;
        at += parts[i].length;
    }
    return transfer(d, (u64)buffer, total, true);
}

/* A read of packets, of lines, of what comes together takes that, whatever the parts. */
static long scatter(struct ub_descriptor *d, const struct iovec *parts, u64 count, u64 total)
{
    u8 *buffer = copy_buffer;
    long result = transfer(d, (u64)buffer, total < sizeof copy_buffer ? total : sizeof copy_buffer, false);
    for (u64 i = 0, at = 0; i < count && (long)at < result; i++) {
        u64 piece = (u64)result - at < parts[i].length ? (u64)result - at : parts[i].length;
        if (copy_out(parts[i].base, buffer + at, piece))
            return -EFAULT;
        at += piece;
    }
    return result;
}

static long vector(u64 fd, u64 user, u64 count, bool writing)
{
    struct iovec *parts = iov_buffer;
    struct ub_descriptor *d = descriptor(fd);
    if (!d)
        return -EBADF;
    u64 total;
    long refused = vector_take(user, count, &total);
    if (refused)
        return refused;
    if (is_datagrams(d))
        return datagram_vector(d, count, total, writing);
    if (count > 1 && kind_of(d)->in_one_piece(d, total, writing))
        return writing ? gather(d, parts, count, total) : scatter(d, parts, count, total);
    u64 done = 0;
    for (u64 i = 0; i < count; i++) {
        if (!parts[i].length)
            continue;
        if (done && !writing && !kind_of(d)->has_more(d))
            break; /* never block with bytes in hand */
        long result = transfer(d, parts[i].base, parts[i].length, writing);
        if (result < 0)
            return done ? (long)done : result;
        done += (u64)result;
        if ((u64)result < parts[i].length)
            break;
    }
    return (long)done;
}

long sys_readv(u64 fd, u64 user, u64 count)
{
    return vector(fd, user, count, false);
}

long sys_writev(u64 fd, u64 user, u64 count)
{
    return vector(fd, user, count, true);
}

long sys_close(u64 fd)
{
    struct ub_descriptor *d = descriptor(fd);
    if (!d)
        return -EBADF;
    release(d);
    return 0;
}

/* CLOSE_RANGE_UNSHARE asks for nothing: no table is shared. */
long sys_close_range(u64 first, u64 last, u64 flags)
{
    first &= 0xffffffff;
    last &= 0xffffffff;
    if (first > last || (flags & ~(u64)(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC)))
        return -EINVAL;
    for (u64 fd = first; fd <= last && fd < ub_control.descriptors; fd++) {
        if (descriptors[fd].kind == UB_FD_FREE)
            continue;
        if (flags & CLOSE_RANGE_CLOEXEC)
            descriptors[fd].close_on_exec = 1;
        else
            release(&descriptors[fd]);
    }
    return 0;
}

static long duplicate(struct ub_descriptor *from, u64 to, bool close_on_exec)
{
    struct ub_descriptor copy = *from;
    copy.close_on_exec = close_on_exec;
    kind_of(&copy)->hold(&copy);
    if (descriptor(to))
        release(&descriptors[to]);
    descriptors_reach(to);
    descriptors[to] = copy;
    return (long)to;
}

static long duplicate_from(struct ub_descriptor *from, u64 lowest, bool close_on_exec)
{
    int to = descriptor_new(lowest);
    return to < 0 ? to : duplicate(from, (u64)to, close_on_exec);
}

long sys_dup(u64 fd)
{
    struct ub_descriptor *d = descriptor(fd);
    return d ? duplicate_from(d, 0, false) : -EBADF;
}

long sys_dup3(u64 from, u64 to, u64 flags)
{
    struct ub_descriptor *d = descriptor(from);
    to &= 0xffffffff;
    if ((from & 0xffffffff) == to || (flags & ~(u64)O_CLOEXEC))
        return -EINVAL;
    if (!d || to >= limits[RLIMIT_NOFILE].current || to >= UB_DESCRIPTORS)
        return -EBADF;
    return duplicate(d, to, flags & O_CLOEXEC);
}

long sys_dup2(u64 from, u64 to)
{
    from &= 0xffffffff;
    to &= 0xffffffff;
    if (from == to)
        return descriptor(from) ? (long)to : -EBADF;
    return sys_dup3(from, to, 0);
}

long sys_fcntl(u64 fd, u64 command, u64 argument)
{
    struct ub_descriptor *d = descriptor(fd);
    const bool names_only = command <= F_GETFL || command == F_DUPFD_CLOEXEC; /* all that O_PATH is for */
    if (!d || (is_path(d) && !names_only))
        return -EBADF;
    switch ((u32)command) {
    case F_DUPFD:
    case F_DUPFD_CLOEXEC:
        if (argument >= limits[RLIMIT_NOFILE].current)
            return -EINVAL;
        return duplicate_from(d, argument, command == F_DUPFD_CLOEXEC);
    case F_GETFD:
        return d->close_on_exec ? FD_CLOEXEC : 0;
    case F_SETFD:
        d->close_on_exec = argument & FD_CLOEXEC;
        return 0;
    case F_GETFL:
        return kind_of(d)->flags(d);
    case F_SETFL:
        return kind_of(d)->set_flags(d, fd, argument);
    case F_GETLK:
    case F_SETLK:
    case F_SETLKW:
    case F_OFD_GETLK:
    case F_OFD_SETLK:
    case F_OFD_SETLKW:
    case F_GETPIPE_SZ:
    case F_SETPIPE_SZ:
        return kind_of(d)->control(d, (u32)command, argument);
    case F_GET_RW_HINT:
    case F_SET_RW_HINT:
        return file_hint(fd, (u32)command, argument);
    case F_ADD_SEALS:
    case F_GET_SEALS:
        return file_call(NR_fcntl, fd, command, argument, 0);
    case F_SETOWN:
    case F_GETOWN:
    case F_SETSIG:
    case F_GETSIG:
    case F_SETOWN_EX:
    case F_GETOWN_EX:
    case F_SETLEASE:
    case F_GETLEASE:
    case F_NOTIFY:
        closing_matters = true;
        return owner_call(d, fd, (u32)command, argument);
    default:
        return -EINVAL;
    }
}

long sys_ioctl(u64 fd, u64 request, u64 argument)
{
    struct ub_descriptor *d = descriptor(fd);
    if (!d || is_path(d))
        return -EBADF;
    int value;
    switch ((u32)request) {
    case FIOCLEX:
    case FIONCLEX:
        d->close_on_exec = (u32)request == FIOCLEX;
        return 0;
    case FIOASYNC:
    case FIONBIO: {
        const u64 flag = (u32)request == FIONBIO ? O_NONBLOCK : O_ASYNC;
        if (copy_in(&value, argument, sizeof value))
            return -EFAULT;
        long flags = sys_fcntl(fd, F_GETFL, 0);
        return flags < 0 ? flags : sys_fcntl(fd, F_SETFL, ((u64)flags & ~flag) | (value ? flag : 0));
    }
    case FIGETBSZ:
        value = UB_PAGE;
        return is_regular(d) ? copy_out(argument, &value, sizeof value) : -ENOTTY;
    }
    return kind_of(d)->ioctl(d, request, argument);
}

long descriptor_stat(u64 fd, u64 user)
{
    struct ub_descriptor *d = descriptor(fd);
    return d ? kind_of(d)->stat(d, user) : -EBADF;
}

long sys_fstat(u64 fd, u64 user)
{
    return descriptor_stat(fd, user);
}
