/*
 * System calls on paths. The monitor resolves them beneath what the run was granted; it gets each in the form
 * that takes a directory (openat, mkdirat, ...), with the path in the bounce buffer.
 */
#include "libos.h"

static char *path_at(u64 offset)
{
    return (char *)ub_bounce + offset;
}

/* Copies a path to an offset of the bounce buffer. */
long put_text(u64 offset, u64 user)
{
    long length = user_length((const char *)user, PATH_MAX);
    if (length < 0)
        return length;
    if (length == PATH_MAX)
        return -ENAMETOOLONG;
    if (copy_in(ub_bounce + offset, user, (u64)length))
        return -EFAULT;
    ub_bounce[offset + (u64)length] = 0;
    return length;
}

/* The same for a path that may be relative to an open directory, whose handle it gives. */
static long put_path(u64 offset, u64 directory, u64 user, u64 *handle)
{
    long length = put_text(offset, user);
    *handle = UB_CWD;
    if (length < 0)
        return length;
    if (length == 0)
        return -ENOENT;
    if (*path_at(offset) == '/' || (int)directory == AT_FDCWD)
        return length;
    struct ub_descriptor *d = descriptor(directory);
    if (!d || d->kind != UB_FD_HOST)
        return d ? -ENOTDIR : -EBADF;
    *handle = d->handle;
    return length;
}

const char *after(const char *text, const char *prefix)
{
    while (*prefix)
        if (*text++ != *prefix++)
            return 0;
    return text;
}

long call_path(u64 call, u64 directory, u64 path, u64 a, u64 b, u64 c)
{
    u64 handle;
    long result = put_path(0, directory, path, &handle);
    return result < 0 ? result : hypercall(UB_HC_PATH, call, handle, a, b, c, 0);
}

static bool is_empty(u64 path)
{
    char first;
    return path && !copy_in(&first, path, 1) && !first;
}

static long open_path(u64 directory, u64 path, u64 flags, u64 mode, u64 resolve)
{
    u64 handle;
    long result = put_path(0, directory, path, &handle);
    if (result < 0)
        return result;
    int fd = descriptor_new(0);
    if (fd < 0)
        return fd;
    const void *data;
    u64 wanted = mode & 07777 & ~(u64)ub_control.umask;
    if (resolve) {
        result = hypercall(UB_HC_OPEN, handle, flags, wanted, resolve, 0, 0);
        data = ub_bounce + UB_PATH_DATA;
    } else {
        result = path_ask(NR_openat, handle, flags, wanted, &data);
    }
    if (result < 0)
        return result;
    struct ub_descriptor fresh = host_descriptor(result, flags);
    const struct stat *status = ub_control.foreseen & UB_FORESEEN_STATUS ? data : 0;
    if (status && status->size) /* what procfs and its like make when it is read has none */
        fresh.slot |= HOST_PLAIN;
    if (status && status->size && !(flags & (O_ACCMODE | O_PATH)))
        descriptor_reads(&fresh);
    if (result & UB_OPEN_RING) {
        fresh.kind = (u8)(result >> 16 & 15);
        fresh.slot = (u16)result;
        fresh.handle = PIPE_OWN_FLAGS | ((u32)(result >> 32) & UB_OPEN_SINCE_MASK) << PIPE_SINCE_SHIFT |
                       (u32)(flags & O_NONBLOCK);
        pipe_hold(&fresh);
    }
    descriptors[fd] = fresh;
    return fd;
}

long sys_openat(u64 directory, u64 path, u64 flags, u64 mode)
{
    return open_path(directory, path, flags, mode, 0);
}

struct open_how {
    u64 flags, mode, resolve;
};

/* The structure may be a later one, if nothing is set that is not known here. */
static long open_how_from(u64 user, u64 size, struct open_how *how)
{
    if (size < sizeof *how)
        return -EINVAL;
    if (size > UB_PAGE)
        return -E2BIG;
    for (u64 at = sizeof *how; at < size; at++) {
        u8 later;
        if (copy_in(&later, user + at, 1))
            return -EFAULT;
        if (later)
            return -E2BIG;
    }
    return copy_in(how, user, sizeof *how);
}

long sys_openat2(u64 directory, u64 path, u64 user, u64 size)
{
    const u64 resolutions = RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH |
                            RESOLVE_IN_ROOT | RESOLVE_CACHED;
    const u64 directory_only = 0200000, temporary = 020000000 | directory_only,
              known = O_ACCMODE | O_CREAT | 0200 | 0400 | O_TRUNC | O_APPEND | O_NONBLOCK | 010000 |
                      04010000 | O_ASYNC | O_DIRECT | 0100000 | temporary | O_NOFOLLOW | O_NOATIME |
                      O_CLOEXEC | O_PATH,
              with_path = directory_only | O_NOFOLLOW | O_PATH | O_CLOEXEC;
    struct open_how how;
    long result = open_how_from(user, size, &how);
    if (result)
        return result;
    bool makes = (how.flags & O_CREAT) || (how.flags & temporary) == temporary;
    if ((how.flags & ~known) || (how.resolve & ~resolutions) ||
        (how.resolve & (RESOLVE_BENEATH | RESOLVE_IN_ROOT)) == (RESOLVE_BENEATH | RESOLVE_IN_ROOT) ||
        (makes ? how.mode & ~07777UL : how.mode) || ((how.flags & O_PATH) && (how.flags & ~with_path)) ||
        ((how.flags & temporary & ~directory_only) &&
         ((how.flags & temporary) != temporary || !(how.flags & O_ACCMODE))) ||
        ((how.flags & (O_CREAT | directory_only)) == (O_CREAT | directory_only)))
        return -EINVAL;
    if ((how.resolve & RESOLVE_CACHED) && (makes || (how.flags & O_TRUNC)))
        return -EAGAIN;
    return open_path(directory, path, how.flags, how.mode, how.resolve);
}

long sys_open(u64 path, u64 flags, u64 mode)
{
    return sys_openat((u64)AT_FDCWD, path, flags, mode);
}

long sys_creat(u64 path, u64 mode)
{
    return sys_open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

long sys_newfstatat(u64 directory, u64 path, u64 user, u64 flags)
{
    if (flags & ~(u64)(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT))
        return -EINVAL;
    if ((flags & AT_EMPTY_PATH) && is_empty(path) && (int)directory != AT_FDCWD)
        return descriptor_stat(directory, user);
    u64 handle;
    long result = flags & AT_EMPTY_PATH && is_empty(path) ? put_text(0, (u64) ".")
                                                          : put_path(0, directory, path, &handle);
    if (result < 0)
        return result;
    if (is_empty(path))
        handle = UB_CWD;
    const void *status;
    result = path_ask(NR_newfstatat, handle, flags & AT_SYMLINK_NOFOLLOW, 0, &status);
    return result < 0 ? result : copy_out(user, status, sizeof(struct stat));
}

long sys_stat(u64 path, u64 user)
{
    return sys_newfstatat((u64)AT_FDCWD, path, user, 0);
}

long sys_lstat(u64 path, u64 user)
{
    return sys_newfstatat((u64)AT_FDCWD, path, user, AT_SYMLINK_NOFOLLOW);
}

static struct statx_timestamp statx_time(const struct timespec *time)
{
    return (struct statx_timestamp){time->tv_sec, (u32)time->tv_nsec, 0};
}

/* What the monitor does not have to be asked for: descriptors without a file. */
static void statx_from(const struct stat *from, struct statx *to)
{
    memset(to, 0, sizeof *to);
    to->mask = 0x7ff;
    to->blksize = (u32)from->blksize;
    to->nlink = (u32)from->nlink;
    to->uid = from->uid;
    to->gid = from->gid;
    to->mode = (u16)from->mode;
    to->ino = from->ino;
    to->size = (u64)from->size;
    to->blocks = (u64)from->blocks;
    to->atime = statx_time(&from->atim);
    to->mtime = statx_time(&from->mtim);
    to->ctime = statx_time(&from->ctim);
    to->dev_major = (u32)(from->dev >> 8 & 0xfff);
    to->dev_minor = (u32)((from->dev & 0xff) | (from->dev >> 12 & 0xffffff00));
    to->rdev_major = (u32)(from->rdev >> 8 & 0xfff);
    to->rdev_minor = (u32)((from->rdev & 0xff) | (from->rdev >> 12 & 0xffffff00));
}

long sys_statx(u64 directory, u64 path, u64 flags, u64 mask, u64 user)
{
    if ((flags & ~(u64)(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_STATX_SYNC)) ||
        (u32)mask & 0x80000000 || (flags & AT_STATX_SYNC) == AT_STATX_SYNC)
        return -EINVAL;
    if ((flags & AT_EMPTY_PATH) && is_empty(path) && (int)directory != AT_FDCWD) {
        struct stat status;
        struct statx wide;
        long result = descriptor_stat(directory, (u64)&status);
        if (result)
            return result;
        statx_from(&status, &wide);
        return copy_out(user, &wide, sizeof wide);
    }
    u64 handle;
    long result = is_empty(path) && (flags & AT_EMPTY_PATH) ? put_text(0, (u64) ".")
                                                            : put_path(0, directory, path, &handle);
    if (result < 0)
        return result;
    if (is_empty(path))
        handle = UB_CWD;
    result = hypercall(UB_HC_PATH, NR_statx, handle, flags & AT_SYMLINK_NOFOLLOW, mask & 0xfff, 0, 0);
    return result < 0 ? result : copy_out(user, ub_bounce + UB_PATH_DATA, sizeof(struct statx));
}

/* What is open already; of what has no file this process is the owner. */
static long accessible(u64 fd, u64 mode, u64 flags)
{
    struct ub_descriptor *d = descriptor(fd);
    long result = d && d->kind != UB_FD_HOST ? 0 : file_call(NR_faccessat2, fd, mode, flags, 0);
    return result || !(mode & 1) || d->kind == UB_FD_HOST ? result : -EACCES;
}

long sys_faccessat2(u64 directory, u64 path, u64 mode, u64 flags)
{
    u64 handle;
    if ((mode & ~7UL) || (flags & ~(u64)(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)))
        return -EINVAL;
    bool itself = (flags & AT_EMPTY_PATH) && is_empty(path);
    if (itself && (int)directory != AT_FDCWD)
        return accessible(directory, mode, flags & AT_EACCESS);
    long result = itself ? put_text(0, (u64) ".") : put_path(0, directory, path, &handle);
    if (result < 0)
        return result;
    if (itself)
        handle = UB_CWD;
    const void *nothing;
    return path_ask(NR_faccessat2, handle, mode, flags & (AT_SYMLINK_NOFOLLOW | AT_EACCESS), &nothing);
}

long sys_faccessat(u64 directory, u64 path, u64 mode)
{
    return sys_faccessat2(directory, path, mode, 0);
}

long sys_access(u64 path, u64 mode)
{
    return sys_faccessat2((u64)AT_FDCWD, path, mode, 0);
}

long sys_readlinkat(u64 directory, u64 path, u64 user, u64 size)
{
    if ((int)size <= 0)
        return -EINVAL;
    u64 handle;
    const void *target = ub_bounce + UB_PATH_DATA;
    long result = put_path(0, directory, path, &handle);
    if (result == -ENOENT && is_empty(path) && (int)directory != AT_FDCWD) {
        struct ub_descriptor *d = descriptor(directory);
        result = !d ? -EBADF : d->kind == UB_FD_HOST ? HC3(UB_HC_FILE, NR_readlinkat, d->handle, 1) : -ENOENT;
    } else if (result >= 0) {
        result = path_ask(NR_readlinkat, handle, 0, 0, &target);
    }
    if (result < 0)
        return result;
    if ((u64)result > size)
        result = (long)size;
    return copy_out(user, target, (u64)result) ? -EFAULT : result;
}

long sys_readlink(u64 path, u64 user, u64 size)
{
    return sys_readlinkat((u64)AT_FDCWD, path, user, size);
}

long sys_mkdirat(u64 directory, u64 path, u64 mode)
{
    return call_path(NR_mkdirat, directory, path, mode & 01777 & ~(u64)ub_control.umask, 0, 0);
}

long sys_mkdir(u64 path, u64 mode)
{
    return sys_mkdirat((u64)AT_FDCWD, path, mode);
}

long sys_mknodat(u64 directory, u64 path, u64 mode, u64 device)
{
    return call_path(NR_mknodat, directory, path, (mode & 0170000) | (mode & 07777 & ~(u64)ub_control.umask),
                     device, 0);
}

long sys_mknod(u64 path, u64 mode, u64 device)
{
    return sys_mknodat((u64)AT_FDCWD, path, mode, device);
}

long sys_unlinkat(u64 directory, u64 path, u64 flags)
{
    return flags & ~(u64)AT_REMOVEDIR ? -EINVAL : call_path(NR_unlinkat, directory, path, flags, 0, 0);
}

long sys_unlink(u64 path)
{
    return sys_unlinkat((u64)AT_FDCWD, path, 0);
}

long sys_rmdir(u64 path)
{
    return sys_unlinkat((u64)AT_FDCWD, path, AT_REMOVEDIR);
}

long sys_symlinkat(u64 target, u64 directory, u64 path)
{
    u64 handle;
    long result = put_path(0, directory, path, &handle);
    if (result >= 0)
        result = put_text(UB_PATH_SECOND, target);
    if (result < 0)
        return result;
    return result == 0 ? -ENOENT : HC2(UB_HC_PATH, NR_symlinkat, handle);
}

long sys_symlink(u64 target, u64 path)
{
    return sys_symlinkat(target, (u64)AT_FDCWD, path);
}

static long two_paths(u64 call, u64 directory, u64 path, u64 directory2, u64 path2, u64 flags)
{
    u64 handle, handle2;
    long result = put_path(0, directory, path, &handle);
    if (result >= 0)
        result = put_path(UB_PATH_SECOND, directory2, path2, &handle2);
    return result < 0 ? result : hypercall(UB_HC_PATH, call, handle, handle2, flags, 0, 0);
}

long sys_renameat2(u64 directory, u64 path, u64 directory2, u64 path2, u64 flags)
{
    return two_paths(NR_renameat2, directory, path, directory2, path2, flags);
}

long sys_renameat(u64 directory, u64 path, u64 directory2, u64 path2)
{
    return sys_renameat2(directory, path, directory2, path2, 0);
}

long sys_rename(u64 path, u64 path2)
{
    return sys_renameat2((u64)AT_FDCWD, path, (u64)AT_FDCWD, path2, 0);
}

long sys_linkat(u64 directory, u64 path, u64 directory2, u64 path2, u64 flags)
{
    if (flags & ~(u64)(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
        return -EINVAL;
    if (!(flags & AT_EMPTY_PATH) || !is_empty(path))
        return two_paths(NR_linkat, directory, path, directory2, path2, flags & AT_SYMLINK_FOLLOW);
    struct ub_descriptor *d = descriptor(directory);
    if ((int)directory != AT_FDCWD && (!d || d->kind != UB_FD_HOST))
        return d ? -EXDEV : -EBADF;
    u64 handle = d ? d->handle : UB_CWD, handle2;
    *path_at(0) = 0;
    long result = put_path(UB_PATH_SECOND, directory2, path2, &handle2);
    return result < 0 ? result : hypercall(UB_HC_PATH, NR_linkat, handle, handle2, flags, 0, 0);
}

long sys_link(u64 path, u64 path2)
{
    return sys_linkat((u64)AT_FDCWD, path, (u64)AT_FDCWD, path2, 0);
}

long sys_fchmodat(u64 directory, u64 path, u64 mode)
{
    return call_path(NR_fchmodat, directory, path, mode & 07777, 0, 0);
}

/* A symbolic link has no mode of its own. */
long sys_fchmodat2(u64 directory, u64 path, u64 mode, u64 flags)
{
    struct stat status;
    if (flags & ~(u64)(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
        return -EINVAL;
    if ((flags & AT_EMPTY_PATH) && is_empty(path) && (int)directory != AT_FDCWD)
        return file_call(NR_fchmod, directory, mode & 07777, 0, 0);
    long result = flags & AT_SYMLINK_NOFOLLOW ? sys_newfstatat(directory, path, (u64)&status, flags) : 0;
    if (!result && (flags & AT_SYMLINK_NOFOLLOW) && (status.mode & S_IFMT) == S_IFLNK)
        result = -EOPNOTSUPP;
    return result ? result : sys_fchmodat(directory, path, mode);
}

long sys_chmod(u64 path, u64 mode)
{
    return sys_fchmodat((u64)AT_FDCWD, path, mode);
}

long sys_fchownat(u64 directory, u64 path, u64 user, u64 group, u64 flags)
{
    if (flags & ~(u64)(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
        return -EINVAL;
    if ((flags & AT_EMPTY_PATH) && is_empty(path) && (int)directory != AT_FDCWD)
        return file_call(NR_fchown, directory, user, group, 0);
    return call_path(NR_fchownat, directory, path, user, group, flags & AT_SYMLINK_NOFOLLOW);
}

long sys_chown(u64 path, u64 user, u64 group)
{
    return sys_fchownat((u64)AT_FDCWD, path, user, group, 0);
}

long sys_lchown(u64 path, u64 user, u64 group)
{
    return sys_fchownat((u64)AT_FDCWD, path, user, group, AT_SYMLINK_NOFOLLOW);
}

/* Sets times[2], or now if there are none; without a path those of the descriptor. */
static long set_times(u64 directory, u64 path, const struct timespec *times, u64 flags)
{
    struct timespec now[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}};
    const struct timespec *wanted = times ? times : now;
    for (int i = 0; i < 2; i++)
        if (wanted[i].tv_nsec != UTIME_NOW && wanted[i].tv_nsec != UTIME_OMIT &&
            (u64)wanted[i].tv_nsec >= 1000000000)
            return -EINVAL;
    u64 handle = 0;
    if (path) {
        long result = put_path(0, directory, path, &handle);
        if (result < 0)
            return result;
    }
    memcpy(ub_bounce + UB_PATH_DATA, wanted, sizeof now);
    return path ? HC3(UB_HC_PATH, NR_utimensat, handle, flags & AT_SYMLINK_NOFOLLOW)
                : file_call(NR_utimensat, directory, 0, 0, 0);
}

long sys_utimensat(u64 directory, u64 path, u64 user, u64 flags)
{
    struct timespec times[2];
    if (flags & ~(u64)(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
        return -EINVAL;
    if (user && copy_in(times, user, sizeof times))
        return -EFAULT;
    if (user && times[0].tv_nsec == UTIME_OMIT && times[1].tv_nsec == UTIME_OMIT)
        return 0; /* whatever the path */
    if (!path && (int)directory == AT_FDCWD)
        return -EFAULT;
    if ((flags & AT_EMPTY_PATH) && is_empty(path))
        path = 0;
    return set_times(directory, path, user ? times : 0, flags);
}

/* Microseconds, as the older calls have them. */
long sys_futimesat(u64 directory, u64 path, u64 user)
{
    struct timeval old[2];
    struct timespec times[2] = {{0, 0}, {0, 0}};
    if (user && copy_in(old, user, sizeof old))
        return -EFAULT;
    for (int i = 0; user && i < 2; i++) {
        if ((u64)old[i].tv_usec >= 1000000)
            return -EINVAL;
        times[i] = (struct timespec){old[i].tv_sec, old[i].tv_usec * 1000};
    }
    return set_times(directory, path, user ? times : 0, 0);
}

long sys_utimes(u64 path, u64 user)
{
    return sys_futimesat((u64)AT_FDCWD, path, user);
}

long sys_utime(u64 path, u64 user)
{
    int64_t seconds[2] = {0, 0};
    if (user && copy_in(seconds, user, sizeof seconds))
        return -EFAULT;
    struct timespec times[2] = {{seconds[0], 0}, {seconds[1], 0}};
    return set_times((u64)AT_FDCWD, path, user ? times : 0, 0);
}

long sys_truncate(u64 path, u64 length)
{
    if ((int64_t)length < 0)
        return -EINVAL;
    if (length > limits[RLIMIT_FSIZE].current && !call_path(NR_newfstatat, (u64)AT_FDCWD, path, 0, 0, 0) &&
        length > (u64)((const struct stat *)(ub_bounce + UB_PATH_DATA))->size)
        return file_too_large();
    return call_path(NR_truncate, (u64)AT_FDCWD, path, length, 0, 0);
}

long sys_statfs(u64 path, u64 user)
{
    long result = call_path(NR_statfs, (u64)AT_FDCWD, path, 0, 0, 0);
    return result < 0 ? result : copy_out(user, ub_bounce + UB_PATH_DATA, STATFS_SIZE);
}

long sys_fstatfs(u64 fd, u64 user)
{
    long result = file_call(NR_fstatfs, fd, 0, 0, 0);
    return result < 0 ? result : copy_out(user, ub_bounce, STATFS_SIZE);
}

long sys_chdir(u64 path)
{
    return call_path(NR_chdir, (u64)AT_FDCWD, path, 0, 0, 0);
}

long sys_chroot(u64 path)
{
    return call_path(NR_chroot, (u64)AT_FDCWD, path, 0, 0, 0);
}

long sys_getcwd(u64 user, u64 size)
{
    long length = hypercall(UB_HC_PATH, NR_getcwd, UB_CWD, 0, 0, 0, 0);
    if (length < 0)
        return length;
    if ((u64)length > size)
        return -ERANGE;
    return copy_out(user, ub_bounce + UB_PATH_DATA, (u64)length) ? -EFAULT : length;
}
