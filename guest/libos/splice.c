/*
 * splice, tee and vmsplice: bytes between pipes, and between a pipe and a file. Linux moves pages, here they
 * are copied through a buffer; a call moves what is there, and waits only while it has moved nothing.
 */
#include "libos.h"

long sys_read(u64 fd, u64 buffer, u64 bytes);
long sys_write(u64 fd, u64 buffer, u64 bytes);
long sys_pread64(u64 fd, u64 user, u64 bytes, u64 offset);
long sys_pwrite64(u64 fd, u64 user, u64 bytes, u64 offset);
long sys_readv(u64 fd, u64 user, u64 count);
long sys_writev(u64 fd, u64 user, u64 count);

#define SPLICE_FLAGS (u64)(SPLICE_F_MOVE | SPLICE_F_NONBLOCK | SPLICE_F_MORE | SPLICE_F_GIFT)

static bool non_blocking(struct ub_descriptor *d, u64 flags)
{
    return flags & SPLICE_F_NONBLOCK || (!is_regular(d) && (kind_of(d)->flags(d) & O_NONBLOCK));
}

/* Waits until a pipe has bytes or its last writer is gone. */
static long await_bytes(u64 fd, bool wait)
{
    struct pollfd one = {(int32_t)fd, POLLIN, 0};
    long result = poll_wait(&one, 0, 1, wait ? 0 : 1);
    return result == -ERESTARTNOHAND ? -ERESTARTSYS : result < 0 ? result : result ? 0 : -EAGAIN;
}

/* Waits until a pipe has room; the room. Without a reader: SIGPIPE. */
static long await_room(u64 fd, struct ub_descriptor *d, bool wait)
{
    struct pollfd one = {(int32_t)fd, POLLOUT, 0};
    long result = poll_wait(&one, 0, 1, wait ? 0 : 1);
    if (result < 0)
        return result == -ERESTARTNOHAND ? -ERESTARTSYS : result;
    if (one.revents & POLLERR) {
        signal_raise(SIGPIPE, SI_USER);
        return -EPIPE;
    }
    return result ? pipe_capacity(d) - pipe_available(d) : -EAGAIN;
}

static bool reads(struct ub_descriptor *d)
{
    return d->kind == UB_FD_PIPE_READ || d->kind == UB_FD_PIPE_BOTH;
}

static bool writes(struct ub_descriptor *d)
{
    return d->kind == UB_FD_PIPE_WRITE || d->kind == UB_FD_PIPE_BOTH;
}

/* One piece; wait: nothing has been moved yet. */
static long move(u64 from, u64 *from_offset, u64 to, u64 *to_offset, u64 bytes, u64 flags, bool wait)
{
    struct ub_descriptor *in = descriptor(from), *out = descriptor(to);
    u64 piece = bytes < sizeof copy_buffer ? bytes : sizeof copy_buffer;
    if (is_pipe(out)) {
        long room = await_room(to, out, wait && !non_blocking(out, flags));
        if (room < 0)
            return room;
        piece = piece < (u64)room ? piece : (u64)room;
    }
    if (!is_regular(in)) {
        long ready = await_bytes(from, wait && !non_blocking(in, flags));
        if (ready < 0)
            return ready;
    }
    long taken = from_offset ? sys_pread64(from, (u64)copy_buffer, piece, *from_offset)
                             : sys_read(from, (u64)copy_buffer, piece);
    if (taken <= 0)
        return taken;
    long given = to_offset ? sys_pwrite64(to, (u64)copy_buffer, (u64)taken, *to_offset)
                           : sys_write(to, (u64)copy_buffer, (u64)taken);
    if (from_offset)
        *from_offset += (u64)taken;
    if (to_offset && given > 0)
        *to_offset += (u64)given;
    return given;
}

long sys_splice(u64 from, u64 from_user, u64 to, u64 to_user, u64 bytes, u64 flags)
{
    struct ub_descriptor *in = descriptor(from), *out = descriptor(to);
    u64 from_offset, to_offset, done = 0;
    if (flags & ~SPLICE_FLAGS)
        return -EINVAL;
    if (!bytes)
        return 0;
    if (!in || !out || (is_pipe(in) && !reads(in)) || (is_pipe(out) && !writes(out)))
        return -EBADF;
    if ((is_pipe(in) && from_user) || (is_pipe(out) && to_user))
        return -ESPIPE;
    bool file_in = in->kind == UB_FD_HOST, file_out = out->kind == UB_FD_HOST;
    if ((!is_pipe(in) && !is_pipe(out)) || (!file_in && !is_pipe(in)) || (!file_out && !is_pipe(out)) ||
        (is_pipe(in) && is_pipe(out) && in->slot == out->slot))
        return -EINVAL;
    if (file_out && HC2(UB_HC_HOST_FLAGS, out->handle, -1L) & O_APPEND)
        return -EINVAL;
    if ((from_user && copy_in(&from_offset, from_user, 8)) || (to_user && copy_in(&to_offset, to_user, 8)))
        return -EFAULT;
    while (done < bytes) {
        long result = move(from, from_user ? &from_offset : 0, to, to_user ? &to_offset : 0, bytes - done,
                           flags, !done);
        if (result <= 0) {
            if (!done)
                return result;
            break;
        }
        done += (u64)result;
        if (file_in && (u64)result < sizeof copy_buffer)
            break;
    }
    return (from_user && copy_out(from_user, &from_offset, 8)) ||
                   (to_user && copy_out(to_user, &to_offset, 8))
               ? -EFAULT
               : (long)done;
}

long sys_tee(u64 from, u64 to, u64 bytes, u64 flags)
{
    struct ub_descriptor *in = descriptor(from), *out = descriptor(to);
    if (flags & ~SPLICE_FLAGS)
        return -EINVAL;
    if (!bytes)
        return 0;
    if (!in || !out)
        return -EBADF;
    if (!is_pipe(in) || !is_pipe(out) || in->slot == out->slot)
        return -EINVAL;
    if (!reads(in) || !writes(out))
        return -EBADF;
    long room = await_bytes(from, !non_blocking(in, flags));
    if (!room)
        room = await_room(to, out, !non_blocking(out, flags));
    if (room < 0)
        return room;
    bytes = bytes < (u64)room ? bytes : (u64)room;
    u64 done = 0;
    while (done < bytes) {
        u64 piece = bytes - done < sizeof copy_buffer ? bytes - done : sizeof copy_buffer;
        long seen = pipe_peek(in, done, copy_buffer, piece);
        long given = seen > 0 ? pipe_write_some(out, (u64)copy_buffer, (u64)seen) : seen;
        if (given <= 0)
            return done ? (long)done : given;
        done += (u64)given;
    }
    return (long)done;
}

/* What there is room for of the parts in iov_buffer; waits only while that is nothing. */
static long give(u64 fd, struct ub_descriptor *d, u64 count, bool wait)
{
    u64 done = 0, i = 0;
    while (i < count) {
        struct iovec *part = &iov_buffer[i];
        long room = part->length ? await_room(fd, d, wait && !done) : 1;
        long given = room < 0 ? room : 0;
        if (room > 0) {
            u64 piece = part->length < UB_PIPE_BUF ? part->length : UB_PIPE_BUF; /* as pages go, each whole */
            given = piece ? pipe_write_some(d, part->base, piece) : 0;
        }
        if (given == -EAGAIN && wait && !done)
            continue; /* another writer was faster */
        if (given < 0)
            return done ? (long)done : given;
        done += (u64)given;
        part->base += (u64)given;
        part->length -= (u64)given;
        if (!part->length)
            i++;
    }
    return (long)done;
}

long sys_vmsplice(u64 fd, u64 parts, u64 count, u64 flags)
{
    struct ub_descriptor *d = descriptor(fd);
    if (flags & ~SPLICE_FLAGS)
        return -EINVAL;
    if (!d || !is_pipe(d))
        return -EBADF;
    bool wait = !non_blocking(d, flags);
    if (!writes(d)) {
        long ready = await_bytes(fd, wait);
        return ready < 0 ? ready : sys_readv(fd, parts, count);
    }
    u64 all;
    long refused = vector_take(parts, count, &all);
    if (refused)
        return refused;
    return all ? give(fd, d, count, wait) : 0;
}
