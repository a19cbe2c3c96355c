/* Pairs of connected Unix sockets, which the host keeps. Other sockets are refused: a unikernel has no
 * network. */
#include "libos.h"

enum { SOCK_STREAM = 1, SOCK_DGRAM, SOCK_RAW, SOCK_TYPES = 15 };
enum { AF_UNIX = 1, MSG_DONTWAIT = 0x40, MSG_NOSIGNAL = 0x4000, MSG_PEEK = 2, MSG_TRUNC = 0x20 };

struct msghdr {
    u64 name;
    u32 name_length, pad;
    u64 parts, count;
    u64 control, control_length;
    u32 flags, pad2;
};

long sys_socket(u64 family, u64 type, u64 protocol)
{
    ub_control.unsupported[current_syscall / 64] |= 1UL << (current_syscall % 64);
    return -EAFNOSUPPORT;
}

/* What Linux says to a pair of another family: it looks at type and protocol first. */
static long no_pair(u64 family, u64 type, u64 protocol)
{
    enum {
        AF_INET = 2,
        AF_INET6 = 10,
        TYPES = 11,
        PROTOCOLS = 256,
        ICMP = 1,
        TCP = 6,
        UDP = 17,
        ICMP6 = 58,
        UDPLITE = 136
    };
    if (type >= TYPES && family && family < 46)
        return -EINVAL;
    if (family != AF_INET && family != AF_INET6)
        return -EAFNOSUPPORT;
    if (protocol >= PROTOCOLS)
        return -EINVAL;
    if (type == SOCK_STREAM)
        return !protocol || protocol == TCP ? -EOPNOTSUPP : -EPROTONOSUPPORT;
    if (type == SOCK_DGRAM)
        return !protocol || protocol == UDP || protocol == UDPLITE ||
                       protocol == (family == AF_INET ? ICMP : ICMP6)
                   ? -EOPNOTSUPP
                   : -EPROTONOSUPPORT;
    return type == SOCK_RAW ? (protocol ? -EPERM : -EPROTONOSUPPORT) : -ESOCKTNOSUPPORT;
}

long sys_socketpair(u64 family, u64 type, u64 protocol, u64 user)
{
    if (type & ~(u64)(SOCK_TYPES | O_CLOEXEC | O_NONBLOCK))
        return -EINVAL;
    if (family != AF_UNIX)
        return no_pair(family, type & SOCK_TYPES, protocol);
    int fds[2];
    fds[0] = descriptor_new(0);
    if (fds[0] < 0)
        return fds[0];
    descriptors[fds[0]].kind = UB_FD_HOST; /* reserved while the second is looked for */
    fds[1] = descriptor_new(0);
    descriptors[fds[0]].kind = UB_FD_FREE;
    if (fds[1] < 0)
        return fds[1];
    long result = hypercall(UB_HC_MAKE, NR_socketpair, family, type, protocol, 0, 0);
    if (result < 0)
        return result;
    u32 handles[2];
    memcpy(handles, ub_bounce, sizeof handles);
    for (int i = 0; i < 2; i++)
        descriptors[fds[i]] = host_descriptor(handles[i], type);
    return copy_out(user, fds, sizeof fds);
}

static long socket_call(u64 call, u64 fd, u64 a, u64 b, u64 c)
{
    long result = file_call(call, fd, a, b, c);
    return result == -EINVAL && descriptor(fd)->kind != UB_FD_HOST ? -ENOTSOCK : result;
}

long sys_shutdown(u64 fd, u64 how)
{
    return socket_call(NR_shutdown, fd, how, 0, 0);
}

/* Sends what is in the bounce buffer. */
static long send(u64 fd, u64 bytes, u64 flags)
{
    long result = socket_call(NR_sendto, fd, bytes, flags, 0);
    if (result == -EPIPE && !(flags & MSG_NOSIGNAL))
        signal_raise(SIGPIPE, SI_USER);
    return result;
}

long sys_sendto(u64 fd, u64 user, u64 bytes, u64 flags, u64 address, u64 length)
{
    u64 done = 0;
    if (!descriptor(fd))
        return -EBADF;
    do {
        u64 piece = bytes - done < UB_BOUNCE_SIZE ? bytes - done : UB_BOUNCE_SIZE;
        if (copy_in(ub_bounce, user + done, piece))
            return done ? (long)done : -EFAULT;
        long result = send(fd, piece, flags);
        if (result < 0)
            return done ? (long)done : result;
        done += (u64)result;
        if ((u64)result < piece)
            break;
    } while (done < bytes);
    return (long)done;
}

/* Receives into the bounce buffer; the message's flags come above the count. */
static long receive(u64 fd, u64 bytes, u64 flags, u32 *message_flags)
{
    long result = socket_call(NR_recvfrom, fd, bytes < UB_BOUNCE_SIZE ? bytes : UB_BOUNCE_SIZE, flags, 0);
    if (result < 0)
        return result;
    *message_flags = (u32)(result >> 32);
    return (u32)result;
}

long sys_recvfrom(u64 fd, u64 user, u64 bytes, u64 flags, u64 address, u64 length)
{
    u32 ignored, none = 0;
    long result = receive(fd, bytes, flags, &ignored);
    if (result < 0)
        return result;
    u64 copied = (u64)result < bytes ? (u64)result : bytes; /* MSG_TRUNC tells more than there is room for */
    if (copy_out(user, ub_bounce, copied) || (address && length && copy_out(length, &none, 4)))
        return -EFAULT;
    return result;
}

static long message_parts(u64 user, struct msghdr *message, u64 *total)
{
    if (copy_in(message, user, sizeof *message))
        return -EFAULT;
    if (message->count > IOV_MAX)
        return -EINVAL;
    if (copy_in(iov_buffer, message->parts, message->count * sizeof(struct iovec)))
        return -EFAULT;
    *total = 0;
    for (u64 i = 0; i < message->count; i++)
        *total += iov_buffer[i].length;
    return 0;
}

long sys_sendmsg(u64 fd, u64 user, u64 flags)
{
    struct msghdr message;
    u64 total, at = 0;
    long result = message_parts(user, &message, &total);
    if (result)
        return result;
    if (message.control_length)
        return -EOPNOTSUPP; /* descriptors cannot be sent */
    if (total > UB_BOUNCE_SIZE)
        return message.count == 1 ? sys_sendto(fd, iov_buffer[0].base, total, flags, 0, 0) : -ENOMEM;
    for (u64 i = 0; i < message.count; at += iov_buffer[i++].length)
        if (copy_in(ub_bounce + at, iov_buffer[i].base, iov_buffer[i].length))
            return -EFAULT;
    return send(fd, total, flags);
}

long sys_recvmsg(u64 fd, u64 user, u64 flags)
{
    struct msghdr message;
    u64 total, at = 0;
    long result = message_parts(user, &message, &total);
    if (!result)
        result = receive(fd, total, flags, &message.flags);
    if (result < 0)
        return result;
    for (u64 i = 0; i < message.count && at < (u64)result; i++) {
        u64 piece = (u64)result - at < iov_buffer[i].length ? (u64)result - at : iov_buffer[i].length;
        if (copy_out(iov_buffer[i].base, ub_bounce + at, piece))
            return -EFAULT;
        at += piece;
    }
    message.name_length = 0;
    message.control_length = 0;
    return copy_out(user, &message, sizeof message) ? -EFAULT : result;
}

static long option(u64 call, u64 fd, u64 level, u64 name, u64 bytes)
{
    return bytes > 1024 ? -EINVAL : socket_call(call, fd, level, name, bytes);
}

long sys_setsockopt(u64 fd, u64 level, u64 name, u64 user, u64 length)
{
    if (length > 1024 || copy_in(ub_bounce, user, length))
        return length > 1024 ? -EINVAL : -EFAULT;
    return option(NR_setsockopt, fd, level, name, length);
}

long sys_getsockopt(u64 fd, u64 level, u64 name, u64 user, u64 user_length)
{
    u32 length;
    if (copy_in(&length, user_length, 4))
        return -EFAULT;
    long result = option(NR_getsockopt, fd, level, name, length);
    if (result < 0)
        return result;
    length = (u32)result;
    return copy_out(user, ub_bounce, length) || copy_out(user_length, &length, 4) ? -EFAULT : 0;
}

/* Every socket is an end of a pair: it has its peer, and cannot listen. */
static long pair_only(u64 fd, long refusal)
{
    long result = socket_call(NR_getsockopt, fd, 1, 3, 4); /* SO_TYPE: is it a socket? */
    return result < 0 ? result : refusal;
}

long sys_connect(u64 fd)
{
    return pair_only(fd, -EISCONN);
}

long sys_bind(u64 fd)
{
    return pair_only(fd, -EOPNOTSUPP);
}

long sys_listen(u64 fd)
{
    return pair_only(fd, -EINVAL);
}

long sys_accept4(u64 fd, u64 address, u64 length, u64 flags)
{
    return flags & ~(u64)(O_CLOEXEC | O_NONBLOCK) ? -EINVAL : pair_only(fd, -EINVAL);
}

long sys_accept(u64 fd)
{
    return sys_accept4(fd, 0, 0, 0);
}

/* Both ends of a pair have no name: their address is the family alone. */
long sys_getsockname(u64 fd, u64 user, u64 user_length)
{
    u16 family = AF_UNIX;
    u32 length, whole = sizeof family;
    long result = socket_call(NR_getsockopt, fd, 1, 3, 4); /* SO_TYPE: is it a socket? */
    if (result < 0)
        return result;
    if (copy_in(&length, user_length, 4) || copy_out(user, &family, length < whole ? length : whole))
        return -EFAULT;
    return copy_out(user_length, &whole, 4);
}

long sys_getpeername(u64 fd, u64 user, u64 user_length)
{
    return sys_getsockname(fd, user, user_length);
}
