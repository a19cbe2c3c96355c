/* Files: paths go to the monitor, which opens them beneath what the run was granted; descriptors are host
 * handles. */
#include "libos.h"

#define AT_FDCWD (-100)
#define AT_EMPTY_PATH 0x1000
#define PATH_MAX 4096

/* A path into the bounce buffer. A relative one starts at the root, which is where every process is. */
static long put_path(u64 directory, u64 path)
{
    char first;
    if (copy_in(&first, path, 1))
        return -EFAULT;
    if (first == 0)
        return -ENOENT;
    if (first != '/' && (int)directory != AT_FDCWD)
        return descriptor(directory) ? -ENOTDIR
                                     : -EBADF; /* paths relative to an open directory are not there */
    long length = user_length((const char *)path, PATH_MAX);
    if (length < 0)
        return length;
    if (length == PATH_MAX)
        return -ENAMETOOLONG;
    if (copy_in(ub_bounce, path, (u64)length))
        return -EFAULT;
    ub_bounce[length] = 0;
    return 0;
}

long sys_openat(u64 directory, u64 path, u64 flags, u64 mode)
{
    int fd = descriptor_new(0);
    long result = put_path(directory, path);
    if (result)
        return result;
    if (fd < 0)
        return fd;
    result = HC2(UB_HC_HOST_OPEN, flags, mode & ~(u64)ub_control.umask);
    if (result < 0)
        return result;
    descriptors[fd] = (struct descriptor){UB_FD_HOST, (flags & O_CLOEXEC) != 0, 0, (u32)result};
    return fd;
}

long sys_open(u64 path, u64 flags, u64 mode)
{
    return sys_openat((u64)AT_FDCWD, path, flags, mode);
}

long sys_creat(u64 path, u64 mode)
{
    return sys_open(path, 01 | 0100 | 01000, mode);
}

long sys_newfstatat(u64 directory, u64 path, u64 user, u64 flags)
{
    char first;
    if (copy_in(&first, path, 1))
        return -EFAULT;
    if (first == 0 && (flags & AT_EMPTY_PATH))
        return descriptor_stat(directory, user);
    long result = put_path(directory, path);
    if (!result)
        result = HC1(UB_HC_HOST_STAT_PATH, flags);
    return result ? result : copy_out(user, ub_bounce, sizeof(struct stat));
}

long sys_stat(u64 path, u64 user)
{
    return sys_newfstatat((u64)AT_FDCWD, path, user, 0);
}

long sys_lstat(u64 path, u64 user)
{
    return sys_newfstatat((u64)AT_FDCWD, path, user, 0x100); /* AT_SYMLINK_NOFOLLOW */
}

long sys_faccessat(u64 directory, u64 path, u64 mode)
{
    long result = put_path(directory, path);
    return result ? result : HC1(UB_HC_HOST_ACCESS, mode);
}

long sys_access(u64 path, u64 mode)
{
    return sys_faccessat((u64)AT_FDCWD, path, mode);
}

long sys_readlinkat(u64 directory, u64 path, u64 user, u64 size)
{
    if ((int64_t)size <= 0)
        return -EINVAL;
    long result = put_path(directory, path);
    if (result)
        return result;
    result = HC0(UB_HC_HOST_READLINK);
    if (result < 0)
        return result;
    if ((u64)result > size)
        result = (long)size;
    return copy_out(user, ub_bounce, (u64)result) ? -EFAULT : result;
}

long sys_readlink(u64 path, u64 user, u64 size)
{
    return sys_readlinkat((u64)AT_FDCWD, path, user, size);
}

long sys_getdents64(u64 fd, u64 user, u64 bytes)
{
    struct descriptor *d = descriptor(fd);
    if (!d)
        return -EBADF;
    if (d->kind != UB_FD_HOST)
        return -ENOTDIR;
    long result = HC2(UB_HC_HOST_ENTRIES, d->handle, bytes < UB_BOUNCE_SIZE ? bytes : UB_BOUNCE_SIZE);
    return result > 0 && copy_out(user, ub_bounce, (u64)result) ? -EFAULT : result;
}

static long positioned(u64 fd, u64 user, u64 bytes, u64 offset, long call)
{
    struct descriptor *d = descriptor(fd);
    if (!d)
        return -EBADF;
    if (d->kind != UB_FD_HOST)
        return -ESPIPE;
    if ((int64_t)offset < 0)
        return -EINVAL;
    bytes = bytes < UB_BOUNCE_SIZE ? bytes : UB_BOUNCE_SIZE; /* short counts are always allowed */
    if (call == UB_HC_HOST_PWRITE && copy_in(ub_bounce, user, bytes))
        return -EFAULT;
    long result = HC3(call, d->handle, bytes, offset);
    return call == UB_HC_HOST_PREAD && result > 0 && copy_out(user, ub_bounce, (u64)result) ? -EFAULT
                                                                                            : result;
}

long sys_pread64(u64 fd, u64 user, u64 bytes, u64 offset)
{
    return positioned(fd, user, bytes, offset, UB_HC_HOST_PREAD);
}

long sys_pwrite64(u64 fd, u64 user, u64 bytes, u64 offset)
{
    return positioned(fd, user, bytes, offset, UB_HC_HOST_PWRITE);
}

/* Every process is at the root: changing directory is not there yet. */
long sys_getcwd(u64 user, u64 size)
{
    if (size < 2)
        return -ERANGE;
    return copy_out(user, "/", 2) ? -EFAULT : 2;
}
