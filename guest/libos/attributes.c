/* Extended attributes: the monitor finds the file and lets programs have those of the user's name space. */
#include "libos.h"

enum { ROOM = UB_BOUNCE_SIZE - UB_PATH_DATA };

/* Which file: a path, whose last link is followed or not, or a descriptor. */
struct subject {
    bool by_descriptor;
    u64 it;
    u64 flags;
};

#define PATH_OF(path) ((struct subject){false, path, 0})
#define LINK_OF(path) ((struct subject){false, path, AT_SYMLINK_NOFOLLOW})
#define OPEN_FILE(fd) ((struct subject){true, fd, 0})

static long put_name(u64 user)
{
    long length = put_text(UB_PATH_SECOND, user);
    return length == 0 || length == -ENAMETOOLONG || length > XATTR_NAME_MAX ? -ERANGE
           : length < 0                                                      ? length
                                                                             : 0;
}

/* Pipes and the like have none of the user's, and could have none. */
static long of_no_file(u64 number)
{
    if (number == NR_listxattr)
        return 0;
    if (!after((const char *)ub_bounce + UB_PATH_SECOND, "user."))
        return -EOPNOTSUPP;
    return number == NR_getxattr ? -ENODATA : -EPERM;
}

static long call(u64 number, struct subject subject, u64 bytes, u64 flags)
{
    if (!subject.by_descriptor)
        return call_path(number, (u64)AT_FDCWD, subject.it, subject.flags, bytes, flags);
    struct ub_descriptor *d = descriptor(subject.it);
    return !d || is_path(d)        ? -EBADF
           : d->kind != UB_FD_HOST ? of_no_file(number)
                                   : file_call(number, subject.it, 0, bytes, flags);
}

static long set(struct subject subject, u64 name, u64 value, u64 bytes, u64 flags)
{
    if (flags & ~3UL)
        return -EINVAL;
    long result = put_name(name);
    if (result)
        return result;
    if (bytes > XATTR_SIZE_MAX)
        return -E2BIG;
    if (bytes > ROOM)
        return -ENOSPC;
    return bytes && copy_in(ub_bounce + UB_PATH_DATA, value, bytes)
               ? -EFAULT
               : call(NR_setxattr, subject, bytes, flags);
}

/* What the call put into the bounce buffer; without room in the program's only how long it is. */
static long answer(long result, u64 user, u64 bytes)
{
    return result > 0 && bytes && copy_out(user, ub_bounce + UB_PATH_DATA, (u64)result) ? -EFAULT : result;
}

static long get(struct subject subject, u64 name, u64 user, u64 bytes)
{
    long result = put_name(name);
    return result ? result : answer(call(NR_getxattr, subject, bytes < ROOM ? bytes : ROOM, 0), user, bytes);
}

static long list(struct subject subject, u64 user, u64 bytes)
{
    return answer(call(NR_listxattr, subject, bytes < ROOM ? bytes : ROOM, 0), user, bytes);
}

static long remove(struct subject subject, u64 name)
{
    long result = put_name(name);
    return result ? result : call(NR_removexattr, subject, 0, 0);
}

long sys_setxattr(u64 path, u64 name, u64 value, u64 bytes, u64 flags)
{
    return set(PATH_OF(path), name, value, bytes, flags);
}

long sys_lsetxattr(u64 path, u64 name, u64 value, u64 bytes, u64 flags)
{
    return set(LINK_OF(path), name, value, bytes, flags);
}

long sys_fsetxattr(u64 fd, u64 name, u64 value, u64 bytes, u64 flags)
{
    return set(OPEN_FILE(fd), name, value, bytes, flags);
}

long sys_getxattr(u64 path, u64 name, u64 value, u64 bytes)
{
    return get(PATH_OF(path), name, value, bytes);
}

long sys_lgetxattr(u64 path, u64 name, u64 value, u64 bytes)
{
    return get(LINK_OF(path), name, value, bytes);
}

long sys_fgetxattr(u64 fd, u64 name, u64 value, u64 bytes)
{
    return get(OPEN_FILE(fd), name, value, bytes);
}

long sys_listxattr(u64 path, u64 user, u64 bytes)
{
    return list(PATH_OF(path), user, bytes);
}

long sys_llistxattr(u64 path, u64 user, u64 bytes)
{
    return list(LINK_OF(path), user, bytes);
}

long sys_flistxattr(u64 fd, u64 user, u64 bytes)
{
    return list(OPEN_FILE(fd), user, bytes);
}

long sys_removexattr(u64 path, u64 name)
{
    return remove(PATH_OF(path), name);
}

long sys_lremovexattr(u64 path, u64 name)
{
    return remove(LINK_OF(path), name);
}

long sys_fremovexattr(u64 fd, u64 name)
{
    return remove(OPEN_FILE(fd), name);
}
