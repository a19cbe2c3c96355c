/* POSIX message queues: descriptors of the monitor, whose messages go through the bounce buffer. */
#include "libos.h"

#define NAME_LIMIT 256
#define MQ_ATTR 64

static long put_name(u64 user)
{
    long length = user_length((const char *)user, NAME_LIMIT);
    if (length < 0)
        return length;
    if (length == NAME_LIMIT)
        return -ENAMETOOLONG;
    if (copy_in(ub_bounce, user, (u64)length))
        return -EFAULT;
    ub_bounce[length] = 0;
    return 0;
}

/* A call on the queue of a descriptor. */
static long queue_call(u64 call, u64 fd, u64 a, u64 b, u64 c)
{
    struct ub_descriptor *d = descriptor(fd);
    return d && d->kind == UB_FD_HOST ? hypercall(UB_HC_IPC, call, d->handle, a, b, c, 0) : -EBADF;
}

long sys_mq_open(u64 name, u64 flags, u64 mode, u64 attributes)
{
    long result = put_name(name);
    if (result)
        return result;
    if (attributes && copy_in(ub_bounce + UB_PATH_DATA, attributes, MQ_ATTR))
        return -EFAULT;
    int fd = descriptor_new(0);
    if (fd < 0)
        return fd;
    bool given = attributes && (flags & O_CREAT);
    result = hypercall(UB_HC_IPC, NR_mq_open, flags, mode & 0777 & ~(u64)ub_control.umask, given, 0, 0);
    if (result < 0)
        return result;
    descriptors[fd] = host_descriptor(result, O_CLOEXEC);
    return fd;
}

long sys_mq_unlink(u64 name)
{
    long result = put_name(name);
    return result ? result : hypercall(UB_HC_IPC, NR_mq_unlink, 0, 0, 0, 0, 0);
}

/* An absolute CLOCK_REALTIME time as CLOCK_MONOTONIC; 0: none. */
static long deadline_of(u64 timeout, u64 *deadline)
{
    u64 ns, offset = (u64)ub_system.realtime_offset_ns;
    *deadline = 0;
    long result = timeout ? time_from_user(timeout, &ns) : 0;
    if (timeout && !result)
        *deadline = ns > offset ? ns - offset : 1;
    return result;
}

long sys_mq_timedsend(u64 fd, u64 user, u64 bytes, u64 priority, u64 timeout)
{
    u64 deadline;
    long result = deadline_of(timeout, &deadline);
    if (result)
        return result;
    if (bytes > UB_BOUNCE_SIZE)
        return descriptor(fd) ? -EMSGSIZE : -EBADF;
    if (copy_in(ub_bounce, user, bytes))
        return -EFAULT;
    return queue_call(NR_mq_timedsend, fd, bytes, (u32)priority, deadline);
}

long sys_mq_timedreceive(u64 fd, u64 user, u64 bytes, u64 priority, u64 timeout)
{
    u64 deadline;
    long result = deadline_of(timeout, &deadline);
    if (result)
        return result;
    result = queue_call(NR_mq_timedreceive, fd, bytes, 0, deadline);
    if (result < 0)
        return result;
    u32 length = (u32)result, found = (u32)(result >> 32);
    if (copy_out(user, ub_bounce, length) || (priority && copy_out(priority, &found, sizeof found)))
        return -EFAULT;
    return length;
}

long sys_mq_notify(u64 fd, u64 user)
{
    struct sigevent event;
    if (!user)
        return queue_call(NR_mq_notify, fd, (u64)-1, 0, 0);
    if (copy_in(&event, user, sizeof event))
        return -EFAULT;
    if (event.notify == SIGEV_THREAD) { /* told over a netlink socket, and there are none */
        struct ub_descriptor *d = descriptor((u64)event.signo);
        return d ? -ENOTSOCK : -EBADF;
    }
    if ((event.notify != SIGEV_SIGNAL && event.notify != SIGEV_NONE) ||
        (event.notify == SIGEV_SIGNAL && (u32)event.signo >= UB_SIGNALS))
        return -EINVAL;
    return queue_call(NR_mq_notify, fd, (u64)(int64_t)event.notify, (u64)event.signo, event.value);
}

long sys_mq_getsetattr(u64 fd, u64 new, u64 old)
{
    u64 attributes[MQ_ATTR / 8] = {0};
    if (new &&copy_in(attributes, new, sizeof attributes))
        return -EFAULT;
    long result = queue_call(NR_mq_getsetattr, fd, new != 0, attributes[0], 0);
    return result == 0 && old && copy_out(old, ub_bounce, MQ_ATTR) ? -EFAULT : result;
}
