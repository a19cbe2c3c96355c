/* Descriptors that the monitor keeps: bytes go through the bounce buffer, one exit for up to 64 KB. */
#include "libos.h"

/* This process, or one that it was forked from, asked for ... */
static bool may_have_locks; /* ... a record lock */
bool closing_matters; /* ... something of a file that ends when it is closed: a lock, a lease, its signals */

/* A call on a file; pipes, epoll sets and the like have no such thing (EINVAL). */
long file_call(u64 call, u64 fd, u64 a, u64 b, u64 c)
{
    struct ub_descriptor *d = descriptor(fd);
    if (!d)
        return -EBADF;
    return d->kind == UB_FD_HOST ? hypercall(UB_HC_FILE, call, d->handle, a, b, c, 0) : -EINVAL;
}

static long read_piece(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    long result = HC2(UB_HC_HOST_READ, d->handle, bytes < UB_BOUNCE_SIZE ? bytes : UB_BOUNCE_SIZE);
    return result > 0 && copy_out(buffer, ub_bounce, (u64)result) ? -EFAULT : result;
}

/* A short read is always allowed, but of files programs expect all that is there. */
long host_read(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    u64 done = 0;
    long result;
    if ((int64_t)(buffer | (buffer + bytes)) < 0)
        return -EFAULT;
    if (is_datagrams(d))
        return datagram_read(d, buffer, bytes);
    if (end_known(d->handle))
        return 0;
    do {
        result = read_piece(d, buffer + done, bytes - done);
        if (result > 0)
            done += (u64)result;
    } while (result == UB_BOUNCE_SIZE && done < bytes && is_regular(d));
    if ((d->slot & HOST_PLAIN) && result >= 0 && done < bytes)
        end_seen(d->handle);
    return done ? (long)done : result;
}

/* RLIMIT_FSIZE stands in the way. */
long file_too_large(void)
{
    signal_raise(SIGXFSZ, SI_USER);
    return -EFBIG;
}

/* How many of these bytes RLIMIT_FSIZE lets into a file from there on; -EFBIG and its signal for none. */
long within_limit(struct ub_descriptor *d, u64 at, u64 bytes)
{
    u64 limit = limits[RLIMIT_FSIZE].current;
    if (limit == RLIM_INFINITY || !is_regular(d) || !bytes || at + bytes <= limit)
        return (long)bytes;
    return at < limit ? (long)(limit - at) : file_too_large();
}

/* Where the next write goes, as far as a limit wants to know. */
static long write_offset(struct ub_descriptor *d)
{
    if (limits[RLIMIT_FSIZE].current == RLIM_INFINITY || !is_regular(d))
        return 0;
    if (!(HC2(UB_HC_HOST_FLAGS, d->handle, -1L) & O_APPEND))
        return hypercall(UB_HC_FILE, NR_lseek, d->handle, 0, SEEK_CUR, 0, 0);
    long result = HC2(UB_HC_FILE, NR_fstat, d->handle);
    return result ? result : (long)((const struct stat *)ub_bounce)->size;
}

long host_write(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    u64 done = 0;
    if (is_datagrams(d))
        return datagram_write(d, buffer, bytes);
    long at = write_offset(d), allowed = at < 0 ? (long)bytes : within_limit(d, (u64)at, bytes);
    if (allowed < 0)
        return allowed;
    bytes = (u64)allowed;
    do {
        u64 piece = bytes - done < UB_BOUNCE_SIZE ? bytes - done : UB_BOUNCE_SIZE;
        if (copy_in(ub_bounce, buffer + done, piece))
            return done ? (long)done : -EFAULT;
        long result = HC2(UB_HC_HOST_WRITE, d->handle, piece);
        if (result == -EPIPE) {
            if (!done)
                signal_raise(SIGPIPE, SI_USER);
            return done ? (long)done : -EPIPE;
        }
        if (result < 0)
            return done ? (long)done : result;
        done += (u64)result;
        if ((u64)result < piece)
            break;
    } while (done < bytes);
    return (long)done;
}

/* Record locks belong to a process or an open file; the monitor keeps them. */
static long host_lock(struct ub_descriptor *d, u64 command, u64 user)
{
    struct flock lock;
    if (copy_in(&lock, user, sizeof lock))
        return -EFAULT;
    if (!lock.whence && lock.start > 0 && lock.length > 0 && lock.start - 1 > INT64_MAX - lock.length)
        return -EOVERFLOW;
    memcpy(ub_bounce, &lock, sizeof lock);
    may_have_locks |= command == F_SETLK || command == F_SETLKW;
    closing_matters = true;
    long result = HC3(UB_HC_FILE, NR_fcntl, d->handle, (u32)command);
    return result == 0 && (command == F_GETLK || command == F_OFD_GETLK)
               ? copy_out(user, ub_bounce, sizeof lock)
               : result;
}

/* How long what is written will live: the host is told, and asked. */
long file_hint(u64 fd, u32 command, u64 user)
{
    if (command == F_SET_RW_HINT && copy_in(ub_bounce, user, 8))
        return -EFAULT;
    long result = file_call(NR_fcntl, fd, command, 0, 0);
    return !result && command == F_GET_RW_HINT ? copy_out(user, ub_bounce, 8) : result;
}

/* A process that closes any descriptor of a file has no record lock on it any more. */
static void duplicate_closed(u32 handle)
{
    enum { LOCKS_GO = 0 };
    if (may_have_locks)
        HC3(UB_HC_FILE, NR_fcntl, handle, LOCKS_GO);
}

/* fcntl: what only some kinds know. */
long host_control(struct ub_descriptor *d, u64 command, u64 argument)
{
    switch (command) {
    case F_GETPIPE_SZ:
    case F_SETPIPE_SZ:
        return -EBADF;
    default:
        return host_lock(d, command, argument);
    }
}

long host_flags(struct ub_descriptor *d)
{
    return HC2(UB_HC_HOST_FLAGS, d->handle, -1L);
}

/* What the host keeps tells nobody: O_ASYNC is refused, of ordinary files it is ignored. */
long host_set_flags(struct ub_descriptor *d, u64 fd, u64 flags)
{
    if ((flags & O_ASYNC) && !is_regular(d))
        return -EINVAL;
    long result = HC2(UB_HC_HOST_FLAGS, d->handle, flags & (O_NONBLOCK | O_APPEND | O_NOATIME));
    return result < 0 ? result : 0;
}

long host_stat(struct ub_descriptor *d, u64 user)
{
    const struct stat *known = status_known(d->handle);
    long result = known ? 0 : HC2(UB_HC_FILE, NR_fstat, d->handle);
    return result ? result : copy_out(user, known ? (const u8 *)known : ub_bounce, sizeof(struct stat));
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

void host_hold(struct ub_descriptor *d)
{
    /* The handle is one for all descriptors that have it. */
}

void host_release(struct ub_descriptor *d)
{
    for (u32 fd = 0; fd < ub_control.descriptors; fd++)
        if (descriptors[fd].kind == UB_FD_HOST && descriptors[fd].handle == d->handle) {
            duplicate_closed(d->handle);
            return;
        }
    if (!close_later(d))
        HC1(UB_HC_HOST_CLOSE, d->handle);
}

long host_number(struct ub_descriptor *d)
{
    return d->handle;
}

/* Whether a read after another one finds bytes without waiting for them. */
bool host_has_more(struct ub_descriptor *d)
{
    return is_regular(d);
}

/* Terminals, sockets and the like give and take what one call moves; a file goes on where the part before ended. */
bool host_in_one_piece(struct ub_descriptor *d, u64 bytes, bool writing)
{
    return !is_regular(d) && (!writing || bytes <= sizeof copy_buffer);
}
