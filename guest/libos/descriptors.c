/* The descriptor table of one process, and the calls on descriptors of any kind. */
#include "libos.h"

struct ub_descriptor descriptors[UB_DESCRIPTORS];

void descriptors_start(void)
{
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

/* What the monitor returned for something that it keeps. */
struct ub_descriptor host_descriptor(long opened, u64 flags)
{
    return (struct ub_descriptor){.kind = UB_FD_HOST,
                                  .close_on_exec = (flags & O_CLOEXEC) != 0,
                                  .slot = (opened & UB_OPEN_REGULAR ? HOST_REGULAR : 0) |
                                          (opened & UB_OPEN_SET ? HOST_EPOLL : 0) |
                                          (flags & O_PATH ? HOST_PATH : 0),
                                  .handle = (u32)opened & ~(u32)(UB_OPEN_REGULAR | UB_OPEN_SET)};
}

struct ub_descriptor *descriptor(u64 fd)
{
    fd &= 0xffffffff;
    return fd < UB_DESCRIPTORS && descriptors[fd].kind != UB_FD_FREE ? &descriptors[fd] : 0;
}

int descriptor_new(u64 lowest)
{
    for (u64 fd = lowest; fd < limits[RLIMIT_NOFILE].current && fd < UB_DESCRIPTORS; fd++)
        if (descriptors[fd].kind == UB_FD_FREE)
            return (int)fd;
    return -EMFILE;
}

static void hold(struct ub_descriptor *d)
{
    if (is_pipe(d))
        pipe_hold(d);
    else if (d->kind != UB_FD_HOST)
        event_hold(d);
}

static bool reading; /* there may be files that were opened for reading since the last fork */

/* Marks one that was just opened. */
void descriptor_reads(struct ub_descriptor *d)
{
    d->slot |= HOST_READS;
    reading = true;
}

/* Nobody waits for the end of a file that only this process has read: the next exit brings the news. */
static bool close_later(const struct ub_descriptor *d)
{
    if (!(d->slot & HOST_READS) || closing_matters)
        return false;
    for (u32 i = 0; i < UB_FILE_CLOSES; i++)
        if (!ub_control.file_closes[i]) {
            ub_control.file_closes[i] = 1 + d->handle;
            foresight_lasts();
            return true;
        }
    return false;
}

/* A fork is about to share what is open: when such a file ends is everybody's affair who holds it. */
void descriptors_shared(void)
{
    for (u32 fd = 0; reading && fd < UB_DESCRIPTORS; fd++)
        if (descriptors[fd].kind == UB_FD_HOST)
            descriptors[fd].slot &= (u16)~HOST_READS;
    reading = false;
}

static void release(struct ub_descriptor *d)
{
    struct ub_descriptor old = *d;
    d->kind = UB_FD_FREE;
    epoll_forget((u32)(d - descriptors), &old);
    if (is_pipe(&old)) {
        pipe_release(&old);
        return;
    }
    if (old.kind != UB_FD_HOST) {
        event_release(&old);
        return;
    }
    for (u32 fd = 0; fd < UB_DESCRIPTORS; fd++)
        if (descriptors[fd].kind == UB_FD_HOST && descriptors[fd].handle == old.handle) {
            file_duplicate_closed(old.handle);
            return;
        }
    if (!close_later(&old))
        HC1(UB_HC_HOST_CLOSE, old.handle);
}

void descriptors_exec(void)
{
    events_exec();
    for (u32 fd = 0; fd < UB_DESCRIPTORS; fd++)
        if (descriptors[fd].kind != UB_FD_FREE && descriptors[fd].close_on_exec)
            release(&descriptors[fd]);
}

static long move(struct ub_descriptor *d, u64 buffer, u64 bytes, bool writing)
{
    if (bytes > RW_MAX)
        bytes = RW_MAX;
    switch (d->kind) {
    case UB_FD_PIPE_READ:
        return writing ? -EBADF : pipe_read(d, buffer, bytes);
    case UB_FD_PIPE_WRITE:
        return writing ? pipe_write(d, buffer, bytes) : -EBADF;
    case UB_FD_PIPE_BOTH:
        return writing ? pipe_write(d, buffer, bytes) : pipe_read(d, buffer, bytes);
    case UB_FD_HOST:
        return writing ? host_write(d, buffer, bytes) : host_read(d, buffer, bytes);
    case UB_FD_SIGNAL:
        return writing ? -EINVAL : signalfd_read(d, buffer, bytes);
    default:
        return -EINVAL;
    }
}

static long transfer(struct ub_descriptor *d, u64 buffer, u64 bytes, bool writing)
{
    long result = move(d, buffer, bytes, writing);
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
    SCRATCH static u8 buffer[UB_PIPE_BUF];
    u64 at = 0;
    for (u64 i = 0; i < count; i++) {
        if (copy_in(buffer + at, parts[i].base, parts[i].length))
            return -EFAULT;
        at += parts[i].length;
    }
    return transfer(d, (u64)buffer, total, true);
}

/* A read of a pipe of packets takes one, whatever the parts. */
static long scatter(struct ub_descriptor *d, const struct iovec *parts, u64 count, u64 total)
{
    SCRATCH static u8 buffer[UB_PIPE_BUF];
    long result = transfer(d, (u64)buffer, total < sizeof buffer ? total : sizeof buffer, false);
    for (u64 i = 0, at = 0; i < count && (long)at < result; i++) {
        u64 piece = (u64)result - at < parts[i].length ? (u64)result - at : parts[i].length;
        if (copy_out(parts[i].base, buffer + at, piece))
            return -EFAULT;
        at += piece;
    }
    return result;
}

SCRATCH struct iovec iov_buffer[IOV_MAX];

static long vector(u64 fd, u64 user, u64 count, bool writing)
{
    struct iovec *parts = iov_buffer;
    struct ub_descriptor *d = descriptor(fd);
    if (!d)
        return -EBADF;
    if (count > IOV_MAX)
        return -EINVAL;
    if (copy_in(parts, user, count * sizeof(struct iovec)))
        return -EFAULT;
    u64 total = 0;
    for (u64 i = 0; i < count; i++) {
        if ((int64_t)parts[i].length < 0 || (int64_t)(total + parts[i].length) < 0)
            return -EINVAL;
        total += parts[i].length;
    }
    if (writing && is_pipe(d) && total <= UB_PIPE_BUF && count > 1)
        return gather(d, parts, count, total);
    if (!writing && count > 1 && is_pipe(d) && pipe_has_packets(d))
        return scatter(d, parts, count, total);
    u64 done = 0;
    for (u64 i = 0; i < count; i++) {
        if (!parts[i].length)
            continue;
        if (done && !writing && (is_pipe(d) ? !pipe_available(d) : !is_regular(d)))
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
    enum { UNSHARE = 2, CLOEXEC = 4 };
    first &= 0xffffffff;
    last &= 0xffffffff;
    if (first > last || (flags & ~(u64)(UNSHARE | CLOEXEC)))
        return -EINVAL;
    for (u64 fd = first; fd <= last && fd < UB_DESCRIPTORS; fd++) {
        if (descriptors[fd].kind == UB_FD_FREE)
            continue;
        if (flags & CLOEXEC)
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
    hold(&copy);
    if (descriptors[to].kind != UB_FD_FREE)
        release(&descriptors[to]);
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

/* What F_SETFL may change of a pipe: whether its writes are packets is settled when it is made. */
static long pipe_change_flags(struct ub_descriptor *d, u64 fd, u32 wanted)
{
    const u32 changeable = O_NONBLOCK | O_ASYNC;
    u32 now = pipe_flags(d);
    if ((now ^ wanted) & O_DIRECT & (d->kind == UB_FD_PIPE_READ ? 0 : ~0U))
        return -EINVAL;
    long result = (now ^ wanted) & O_ASYNC ? owner_async(d, fd, wanted & O_ASYNC) : 0;
    if (!result)
        pipe_set_flags(d, (now & ~changeable) | (wanted & changeable));
    return result;
}

long sys_fcntl(u64 fd, u64 command, u64 argument)
{
    struct ub_descriptor *d = descriptor(fd);
    if (!d)
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
        return is_pipe(d)              ? (long)pipe_flags(d)
               : d->kind == UB_FD_HOST ? HC2(UB_HC_HOST_FLAGS, d->handle, -1L)
                                       : event_flags(d);
    case F_SETFL:
        if ((argument & O_ASYNC) && !is_pipe(d)) {
            long refused = owner_async(d, fd, true);
            if (refused)
                return refused;
        }
        if (d->kind == UB_FD_HOST)
            return HC2(UB_HC_HOST_FLAGS, d->handle, argument & (O_NONBLOCK | O_APPEND)) < 0 ? -EINVAL : 0;
        if (is_pipe(d))
            return pipe_change_flags(d, fd, (u32)argument);
        else
            event_set_flags(d, argument);
        return 0;
    case F_GETLK:
    case F_SETLK:
    case F_SETLKW:
    case F_OFD_GETLK:
    case F_OFD_SETLK:
    case F_OFD_SETLKW:
        return is_path(d) ? -EBADF : file_lock(d, command, argument);
    case F_ADD_SEALS:
    case F_GET_SEALS:
        return file_call(NR_fcntl, fd, command, argument, 0);
    case F_GETPIPE_SZ:
        return is_pipe(d) ? pipe_capacity(d) : -EBADF;
    case F_SETPIPE_SZ:
        return is_pipe(d) ? pipe_resize(d, argument & 0xffffffff) : -EBADF;
    case F_SETOWN:
    case F_GETOWN:
    case F_SETSIG:
    case F_GETSIG:
    case F_SETOWN_EX:
    case F_GETOWN_EX:
    case F_SETLEASE:
    case F_GETLEASE:
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
    case FIONREAD:
        if (!is_pipe(d))
            break;
        value = (int)pipe_available(d);
        return copy_out(argument, &value, sizeof value);
    case FIONBIO: {
        if (copy_in(&value, argument, sizeof value))
            return -EFAULT;
        long flags = sys_fcntl(fd, F_GETFL, 0);
        return flags < 0 ? flags
                         : sys_fcntl(fd, F_SETFL, ((u64)flags & ~(u64)O_NONBLOCK) | (value ? O_NONBLOCK : 0));
    }
    }
    return d->kind == UB_FD_HOST ? host_ioctl(d, request, argument) : -ENOTTY;
}

long descriptor_stat(u64 fd, u64 user)
{
    struct ub_descriptor *d = descriptor(fd);
    if (!d)
        return -EBADF;
    if (d->kind == UB_FD_HOST) {
        const struct stat *known = status_known(d->handle);
        long result = known ? 0 : HC2(UB_HC_FILE, NR_fstat, d->handle);
        return result ? result : copy_out(user, known ? (const u8 *)known : ub_bounce, sizeof(struct stat));
    }
    struct stat status = {.dev = 15,
                          .ino = is_pipe(d) ? pipe_id(d) : 1,
                          .nlink = 1,
                          .mode = is_pipe(d) ? S_IFIFO | 0600 : 0600,
                          .uid = ub_control.euid,
                          .gid = ub_control.egid,
                          .blksize = UB_PAGE};
    return copy_out(user, &status, sizeof status);
}

long sys_fstat(u64 fd, u64 user)
{
    return descriptor_stat(fd, user);
}
