/* System calls on open files, which the monitor keeps; a descriptor has the handle. */
#include "libos.h"

/* descriptors.c */
long sys_write(u64 fd, u64 buffer, u64 bytes);
long sys_readv(u64 fd, u64 user, u64 count);
long sys_writev(u64 fd, u64 user, u64 count);

long sys_fchdir(u64 fd)
{
    long result = file_call(NR_fchdir, fd, 0, 0, 0);
    return result == -EINVAL ? -ENOTDIR : result;
}

long sys_fchmod(u64 fd, u64 mode)
{
    return file_call(NR_fchmod, fd, mode & 07777, 0, 0);
}

long sys_fchown(u64 fd, u64 user, u64 group)
{
    return file_call(NR_fchown, fd, user, group, 0);
}

/* Whether RLIMIT_FSIZE stands in the way of a file that is to end there. */
static bool grows_too_large(u64 fd, u64 end)
{
    return end > limits[RLIMIT_FSIZE].current && !file_call(NR_fstat, fd, 0, 0, 0) &&
           end > (u64)((const struct stat *)ub_bounce)->size;
}

long sys_ftruncate(u64 fd, u64 length)
{
    if ((int64_t)length < 0)
        return -EINVAL;
    return grows_too_large(fd, length) ? file_too_large() : file_call(NR_ftruncate, fd, length, 0, 0);
}

/* fsync, fdatasync */
long sys_fsync(u64 fd)
{
    return file_call(NR_fsync, fd, 0, 0, 0);
}

/* What the host has written is the host's to keep. */
long sys_syncfs(u64 fd)
{
    struct ub_descriptor *d = descriptor(fd);
    return d && !is_path(d) ? 0 : -EBADF;
}

long sys_flock(u64 fd, u64 operation)
{
    closing_matters = true;
    return file_call(NR_flock, fd, operation, 0, 0);
}

long sys_fallocate(u64 fd, u64 mode, u64 offset, u64 length)
{
    struct ub_descriptor *d = descriptor(fd);
    if (!(mode & FALLOC_FL_KEEP_SIZE) && (int64_t)offset >= 0 && (int64_t)length > 0 &&
        grows_too_large(fd, offset + length))
        return file_too_large();
    long result = file_call(NR_fallocate, fd, mode, offset, length);
    return result == -EINVAL && d && d->kind != UB_FD_HOST ? -ESPIPE : result;
}

/* Advice is heard and not followed. */
long sys_fadvise64(u64 fd, u64 offset, u64 length, u64 advice)
{
    struct ub_descriptor *d = descriptor(fd);
    return !d || is_path(d) ? -EBADF : is_pipe(d) ? -ESPIPE : advice > 5 || (int64_t)length < 0 ? -EINVAL : 0;
}

/* Files are the host's to read ahead and to write back. */
static long only_files(u64 fd, long otherwise)
{
    struct ub_descriptor *d = descriptor(fd);
    return !d || is_path(d) ? -EBADF : is_regular(d) ? 0 : otherwise;
}

long sys_readahead(u64 fd)
{
    long regular = only_files(fd, -EINVAL);
    return !regular && (HC2(UB_HC_HOST_FLAGS, descriptor(fd)->handle, -1L) & O_ACCMODE) == O_WRONLY ? -EBADF
                                                                                                    : regular;
}

long sys_sync_file_range(u64 fd, u64 offset, u64 bytes, u64 flags)
{
    return (flags & ~7UL) || (int64_t)offset < 0 || (int64_t)bytes < 0 ? -EINVAL : only_files(fd, -ESPIPE);
}

long sys_lseek(u64 fd, u64 offset, u64 whence)
{
    struct ub_descriptor *d = descriptor(fd);
    return !d                           ? -EBADF
           : d->kind == UB_FD_HOST      ? file_call(NR_lseek, fd, offset, whence, 0)
           : is_pipe(d) || is_socket(d) ? -ESPIPE
                                        : 0;
}

long sys_getdents64(u64 fd, u64 user, u64 bytes)
{
    long result = file_call(NR_getdents64, fd, bytes < UB_BOUNCE_SIZE ? bytes : UB_BOUNCE_SIZE, 0, 0);
    if (result == -EINVAL && descriptor(fd)->kind != UB_FD_HOST)
        return -ENOTDIR;
    return result > 0 && copy_out(user, ub_bounce, (u64)result) ? -EFAULT : result;
}

/* The older form: what it is stands at an entry's end, not in front of its name. */
long sys_getdents(u64 fd, u64 user, u64 bytes)
{
    struct entry {
        u64 inode, offset;
        u16 length;
        u8 type, name[];
    } __attribute__((packed));
    long result = file_call(NR_getdents64, fd, bytes < UB_BOUNCE_SIZE ? bytes : UB_BOUNCE_SIZE, 0, 0);
    if (result == -EINVAL && descriptor(fd)->kind != UB_FD_HOST)
        return -ENOTDIR;
    for (long at = 0; at < result;) {
        struct entry *e = (struct entry *)(ub_bounce + at);
        u64 tail = e->length - offsetof(struct entry, name);
        u8 type = e->type;
        if (e->length <= sizeof *e)
            return -EIO;
        memmove(&e->type, e->name, tail);
        ((u8 *)e)[e->length - 1] = type;
        at += e->length;
    }
    return result > 0 && copy_out(user, ub_bounce, (u64)result) ? -EFAULT : result;
}

static long positioned(struct ub_descriptor *d, u64 user, u64 bytes, u64 offset, bool writing)
{
    bytes = bytes < UB_BOUNCE_SIZE ? bytes : UB_BOUNCE_SIZE; /* short counts are always allowed */
    if (writing && copy_in(ub_bounce, user, bytes))
        return -EFAULT;
    long result = hypercall(UB_HC_FILE, writing ? NR_pwrite64 : NR_pread64, d->handle, bytes, offset, 0, 0);
    if (result > 0)
        ub_counters.transferred[writing] += (u64)result;
    return !writing && result > 0 && copy_out(user, ub_bounce, (u64)result) ? -EFAULT : result;
}

/* All that is asked for, as programs expect of files; a piece at a time. */
static long positioned_all(u64 fd, u64 user, u64 bytes, u64 offset, bool writing)
{
    struct ub_descriptor *d = descriptor(fd);
    if (!d)
        return -EBADF;
    if (d->kind != UB_FD_HOST)
        return -ESPIPE;
    if ((int64_t)offset < 0)
        return -EINVAL;
    long allowed = writing ? within_limit(d, offset, bytes) : (long)bytes;
    if (allowed < 0)
        return allowed;
    bytes = (u64)allowed;
    u64 done = 0;
    do {
        u64 piece = bytes - done < UB_BOUNCE_SIZE ? bytes - done : UB_BOUNCE_SIZE;
        long result = positioned(d, user + done, piece, offset + done, writing);
        if (result < 0)
            return done ? (long)done : result;
        done += (u64)result;
        if ((u64)result < piece)
            break;
    } while (done < bytes);
    return (long)done;
}

long sys_pread64(u64 fd, u64 user, u64 bytes, u64 offset)
{
    return positioned_all(fd, user, bytes, offset, false);
}

long sys_pwrite64(u64 fd, u64 user, u64 bytes, u64 offset)
{
    return positioned_all(fd, user, bytes, offset, true);
}

static long positioned_vector(u64 fd, u64 user, u64 count, u64 offset, bool writing)
{
    struct iovec *parts = iov_buffer;
    u64 done = 0, total;
    long refused = vector_take(user, count, &total);
    if (refused)
        return refused;
    for (u64 i = 0; i < count; i++) {
        long result = positioned_all(fd, parts[i].base, parts[i].length, offset + done, writing);
        if (result < 0)
            return done ? (long)done : result;
        done += (u64)result;
        if ((u64)result < parts[i].length)
            break;
    }
    return (long)done;
}

long sys_preadv(u64 fd, u64 user, u64 count, u64 offset)
{
    return positioned_vector(fd, user, count, offset, false);
}

long sys_pwritev(u64 fd, u64 user, u64 count, u64 offset)
{
    return positioned_vector(fd, user, count, offset, true);
}

/* Behind the end of the file, wherever its own position is; with offset -1 that comes to be there, too. */
static long append_vector(u64 fd, u64 user, u64 count, u64 offset)
{
    struct ub_descriptor *d = descriptor(fd);
    u64 done = 0, total;
    long result = vector_take(user, count, &total);
    for (u64 i = 0; !result && i < count; i++)
        for (u64 at = 0; !result && at < iov_buffer[i].length;) {
            u64 left = iov_buffer[i].length - at, piece = left < UB_BOUNCE_SIZE ? left : UB_BOUNCE_SIZE;
            struct stat status;
            long allowed =
                descriptor_stat(fd, (u64)&status) ? -EIO : within_limit(d, (u64)status.size, piece);
            if (allowed >= 0 && copy_in(ub_bounce, iov_buffer[i].base + at, (u64)allowed))
                allowed = -EFAULT;
            long written = allowed < 0 ? allowed
                                       : hypercall(UB_HC_FILE, NR_pwritev2, d->handle, (u64)allowed,
                                                   (int64_t)offset == -1, 0, 0);
            if (written <= 0)
                result = written < 0 ? written : -EIO;
            else
                done += (u64)written, at += (u64)written;
        }
    ub_counters.transferred[true] += done;
    return done ? (long)done : result;
}

/*
 * preadv2 and pwritev2: offset -1 means the file's own. Nothing is polled for, so there is nothing to poll harder;
 * files are read and written at once, and what waits is asked first whether it would have to.
 */
static long with_flags(u64 fd, u64 user, u64 count, u64 offset, u64 flags, bool writing)
{
    struct ub_descriptor *d = descriptor(fd);
    if (!d)
        return -EBADF;
    if (flags & ~(u64)(RWF_HIPRI | RWF_DSYNC | RWF_SYNC | RWF_NOWAIT | RWF_APPEND))
        return -EOPNOTSUPP;
    if ((flags & RWF_NOWAIT) && !is_regular(d)) {
        if (!is_pipe(d))
            return -EOPNOTSUPP;
        pipe_be_patient(false);
    }
    long result = writing && (flags & RWF_APPEND) && is_regular(d) ? append_vector(fd, user, count, offset)
                  : (int64_t)offset != -1 ? positioned_vector(fd, user, count, offset, writing)
                  : writing               ? sys_writev(fd, user, count)
                                          : sys_readv(fd, user, count);
    pipe_be_patient(true);
    long synced =
        writing && result > 0 && (flags & (RWF_DSYNC | RWF_SYNC)) && is_regular(d) ? sys_fsync(fd) : 0;
    return synced < 0 ? synced : result;
}

long sys_preadv2(u64 fd, u64 user, u64 count, u64 offset, u64 high, u64 flags)
{
    return with_flags(fd, user, count, offset, flags, false);
}

long sys_pwritev2(u64 fd, u64 user, u64 count, u64 offset, u64 high, u64 flags)
{
    return with_flags(fd, user, count, offset, flags, true);
}

/*
 * sendfile and copy_file_range: bytes from one descriptor to another through a buffer here. What the target
 * did not take is not taken from the source: it is read with its position, which moves by what was written.
 */
static long copy_between(u64 from, u64 *from_offset, u64 to, u64 *to_offset, u64 bytes)
{
    u8 *buffer = copy_buffer;
    u64 done = 0;
    while (done < bytes) {
        u64 piece = bytes - done < sizeof copy_buffer ? bytes - done : sizeof copy_buffer;
        u64 at = from_offset ? *from_offset : (u64)sys_lseek(from, 0, 1);
        if ((int64_t)at < 0)
            return done ? (long)done : (long)at;
        long taken = sys_pread64(from, (u64)buffer, piece, at);
        if (taken <= 0)
            return done ? (long)done : taken;
        long given = to_offset ? sys_pwrite64(to, (u64)buffer, (u64)taken, *to_offset)
                               : sys_write(to, (u64)buffer, (u64)taken);
        if (given < 0)
            return done ? (long)done : given;
        if (from_offset)
            *from_offset += (u64)given;
        else
            sys_lseek(from, at + (u64)given, 0);
        if (to_offset)
            *to_offset += (u64)given;
        done += (u64)given;
        if (given < taken || (u64)taken < piece)
            break;
    }
    return (long)done;
}

/* -EBADF: the descriptor is not for reading (mode 0) or not for writing (O_WRONLY). */
static long opened_for(struct ub_descriptor *d, u32 mode)
{
    long flags = kind_of(d)->flags(d);
    if (flags < 0)
        return flags;
    return (flags & O_PATH) || ((flags & O_ACCMODE) != O_RDWR && (flags & O_ACCMODE) != mode) ? -EBADF : 0;
}

long sys_sendfile(u64 to, u64 from, u64 user, u64 bytes)
{
    struct ub_descriptor *source = descriptor(from);
    u64 offset;
    if (!source || !descriptor(to))
        return -EBADF;
    if (source->kind != UB_FD_HOST)
        return -EINVAL;
    if (user && copy_in(&offset, user, 8))
        return -EFAULT;
    long result = opened_for(source, 0);
    if (!result && user && (int64_t)offset < 0)
        result = -EINVAL;
    if (!result)
        result = opened_for(descriptor(to), O_WRONLY);
    if (!result && descriptor(to)->kind == UB_FD_HOST &&
        (HC2(UB_HC_HOST_FLAGS, descriptor(to)->handle, -1L) & O_APPEND))
        result = -EINVAL;
    if (!result)
        result = copy_between(from, user ? &offset : 0, to, 0, bytes);
    if (result == -ESPIPE)
        return -EINVAL;
    return result >= 0 && user && copy_out(user, &offset, 8) ? -EFAULT : result;
}

long sys_copy_file_range(u64 from, u64 from_user, u64 to, u64 to_user, u64 bytes, u64 flags)
{
    u64 offset, offset2;
    if (flags)
        return -EINVAL;
    if ((from_user && copy_in(&offset, from_user, 8)) || (to_user && copy_in(&offset2, to_user, 8)))
        return -EFAULT;
    struct ub_descriptor *source = descriptor(from), *target = descriptor(to);
    if (!source || !target)
        return -EBADF;
    if (source->kind != UB_FD_HOST || target->kind != UB_FD_HOST)
        return -EINVAL;
    struct stat status, other;
    long result = descriptor_stat(from, (u64)&status) ? -EIO : descriptor_stat(to, (u64)&other);
    if (!result && ((status.mode & S_IFMT) == S_IFDIR || (other.mode & S_IFMT) == S_IFDIR))
        result = -EISDIR;
    else if (!result && ((status.mode & S_IFMT) != S_IFREG || (other.mode & S_IFMT) != S_IFREG))
        result = -EINVAL;
    if (!result)
        result = opened_for(source, 0);
    if (!result)
        result = opened_for(target, O_WRONLY);
    if (result || (HC2(UB_HC_HOST_FLAGS, target->handle, -1L) & O_APPEND))
        return result ? result : -EBADF;
    u64 start = from_user ? offset : (u64)sys_lseek(from, 0, 1),
        start2 = to_user ? offset2 : (u64)sys_lseek(to, 0, 1);
    if (start + bytes < start || start2 + bytes < start2)
        return -EOVERFLOW;
    if (status.ino == other.ino && status.dev == other.dev && start < start2 + bytes &&
        start2 < start + bytes)
        return -EINVAL;
    result = copy_between(from, from_user ? &offset : 0, to, to_user ? &offset2 : 0, bytes);
    if (result < 0)
        return result == -ESPIPE ? -EINVAL : result;
    return (from_user && copy_out(from_user, &offset, 8)) || (to_user && copy_out(to_user, &offset2, 8))
               ? -EFAULT
               : result;
}
