/*
 * Calls on sockets. Streams that the family has among itself are connections (connection.c): their names, who listens and who is
 * accepted are the monitor's business. Pairs that keep message borders are the host's. There is nothing outside of the family.
 */
#include "libos.h"

static const struct ub_socket_address *const answer = (const struct ub_socket_address *)ub_bounce;

static struct ub_descriptor socket_descriptor(u32 handle, u64 slot, u64 flags)
{
    return (struct ub_descriptor){UB_FD_SOCKET, (flags & O_CLOEXEC) != 0, (u16)slot, handle};
}

/* A socket of the family's: 0; else what a call says that knows no others. */
static long connection(u64 fd, struct ub_descriptor **d)
{
    *d = descriptor(fd);
    return !*d || is_path(*d) ? -EBADF : is_socket(*d) || is_datagrams(*d) ? 0 : -ENOTSOCK;
}

static bool is_connection(u64 fd)
{
    struct ub_descriptor *d = descriptor(fd);
    return d && is_socket(d);
}

static bool has_datagrams(u64 fd)
{
    struct ub_descriptor *d = descriptor(fd);
    return d && is_datagrams(d);
}

/* An address of the program's into the bounce buffer. */
static long address_take(u64 user, u64 length)
{
    struct ub_socket_address *address = (struct ub_socket_address *)ub_bounce;
    if ((int)length < 0 || length > sizeof address->address)
        return -EINVAL;
    address->length = (u32)length;
    return copy_in(address->address, user, length) ? -EFAULT : 0;
}

/* The address in the bounce buffer to a program that has so much room for it. */
static long address_give(u64 user, u64 user_length)
{
    int room;
    u32 whole = answer->length < sizeof answer->address ? answer->length : sizeof answer->address;
    if (copy_in(&room, user_length, 4))
        return -EFAULT;
    if (room < 0)
        return -EINVAL;
    if (copy_out(user, answer->address, (u32)room < whole ? (u32)room : whole))
        return -EFAULT;
    return copy_out(user_length, &whole, 4);
}

long sys_socket(u64 family, u64 type, u64 protocol)
{
    if (type & ~(u64)(SOCK_TYPES | O_CLOEXEC | O_NONBLOCK))
        return -EINVAL;
    int fd = descriptor_new(0);
    if (fd < 0)
        return fd;
    long made = hypercall(UB_HC_MAKE, NR_socket, family, type, protocol, 0, 0);
    if (made == -EAFNOSUPPORT || made == -ESOCKTNOSUPPORT)
        ub_control.unsupported[current_syscall / 64] |= 1UL << (current_syscall % 64);
    if (made < 0)
        return made;
    descriptors[fd] = made & UB_OPEN_DATAGRAMS ? host_descriptor(made, type)
                                               : socket_descriptor((u32)made, UB_SOCKET_NO_SLOT, type);
    return fd;
}

/* What Linux says to a pair of another family: it looks at type and protocol first. */
static long no_pair(u64 family, u64 type, u64 protocol)
{
    enum { TYPES = 11, PROTOCOLS = 256, ICMP = 1, TCP = 6, UDP = 17, ICMP6 = 58, UDPLITE = 136 };
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
        descriptors[fds[i]] = (type & SOCK_TYPES) == SOCK_STREAM
                                  ? socket_descriptor(handles[i], UB_SOCKET_NO_SLOT, type)
                                  : host_descriptor(handles[i], type);
    for (int i = 0; i < 2 && (type & SOCK_TYPES) == SOCK_STREAM; i++)
        socket_attached(&descriptors[fds[i]], result + i);
    return copy_out(user, fds, sizeof fds);
}

static long socket_call(u64 call, u64 fd, u64 a, u64 b, u64 c)
{
    struct ub_descriptor *d = descriptor(fd);
    if (!d || is_path(d))
        return -EBADF;
    return d->kind == UB_FD_HOST || is_socket(d) ? hypercall(UB_HC_FILE, call, d->handle, a, b, c, 0)
                                                 : -ENOTSOCK;
}

/* Other sockets are ends of pairs: they have their peers, and cannot listen. */
static long pair_only(u64 fd, long refusal)
{
    long result = socket_call(NR_getsockopt, fd, 1, 3, 4); /* SO_TYPE: is it a socket? */
    return result < 0 ? result : refusal;
}

long sys_shutdown(u64 fd, u64 how)
{
    return (u32)how > 2 ? -EINVAL : socket_call(NR_shutdown, fd, (u32)how, 0, 0);
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
    struct ub_descriptor *d = descriptor(fd);
    if (!d)
        return -EBADF;
    if (is_socket(d)) {
        long attached = address ? socket_attach(d) : 0;
        return address && (attached || !socket_is_tcp(d)) ? (attached == -ENOTCONN ? -EPIPE
                                                             : attached            ? -EOPNOTSUPP
                                                                                   : -EISCONN)
                                                          : socket_send(d, user, bytes, flags);
    }
    if (is_datagrams(d)) {
        long wrong = address ? address_take(address, length) : 0;
        if (wrong || bytes > DATAGRAM_MOST)
            return wrong ? wrong : -EMSGSIZE;
        return copy_in(DATAGRAM_BYTES, user, bytes) ? -EFAULT : datagram_send(d, bytes, flags, address != 0);
    }
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
    struct ub_descriptor *d = descriptor(fd);
    long result = d && is_socket(d) ? socket_receive(d, user, bytes, flags, 0) : 0;
    if (d && is_socket(d))
        return result >= 0 && address && length && copy_out(length, &none, 4) ? -EFAULT : result;
    result = d && is_datagrams(d) ? datagram_receive(d, bytes, flags, &ignored)
                                  : receive(fd, bytes, flags, &ignored);
    if (result < 0)
        return result;
    u64 copied = (u64)result < bytes ? (u64)result : bytes; /* MSG_TRUNC tells more than there is room for */
    if (is_datagrams(d)) {
        long given = address ? address_give(address, length) : 0;
        return copy_out(user, DATAGRAM_BYTES, copied) ? -EFAULT : given ? given : result;
    }
    if (copy_out(user, ub_bounce, copied) || (address && length && copy_out(length, &none, 4)))
        return -EFAULT;
    return result;
}

/* Of a stream: a part after the other, without waiting once there is something in hand. */
static long move_parts(struct ub_descriptor *d, const struct msghdr *message, u64 flags, bool sends)
{
    u64 done = 0;
    for (u64 i = 0; i < message->count; i++) {
        u64 bytes = iov_buffer[i].length;
        if (!bytes)
            continue;
        if (done && !sends && !(flags & MSG_WAITALL) && !socket_has_more(d))
            break;
        long result = sends ? socket_send(d, iov_buffer[i].base, bytes, flags)
                            : socket_receive(d, iov_buffer[i].base, bytes, flags, done);
        if (result < 0)
            return done ? (long)done : result;
        done += (u64)result;
        if ((u64)result < bytes)
            break;
    }
    return (long)done;
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

static long send_message(struct ub_descriptor *d, const struct msghdr *message, u64 total, u64 flags)
{
    u64 start;
    long passes = message->control_length ? passing_send(message) : 0;
    if (passes <= 0 || !total || socket_attach(d) || socket_is_tcp(d) || socket_listens(d))
        return passes < 0 ? passes : move_parts(d, message, flags, true);
    struct ub_passed_head *head = (struct ub_passed_head *)ub_bounce;
    if (!head->sender && socket_names_senders(d))
        head->sender = UB_SENDER_SELF;
    long result = socket_pass(d, total, &start);
    if (result < 0)
        return result;
    result = move_parts(d, message, flags | MSG_TAKES_PASSED, true);
    if (result != (long)total)
        socket_pass_less(d, start, result);
    return result;
}

/* UDP has no descriptors and no senders in its messages: Linux looks past them. Those of the Unix family are not passed here. */
static long datagram_carries(struct ub_descriptor *d, const struct msghdr *message)
{
    long carried = passing_send(message);
    if (carried <= 0)
        return carried;
    long result = hypercall(UB_HC_FILE, NR_getsockopt, d->handle, SOL_SOCKET, SO_DOMAIN, sizeof(int), 0);
    return result < 0 ? result : *(const int *)ub_bounce == AF_UNIX ? -EOPNOTSUPP : 0;
}

static long receive_message(struct ub_descriptor *d, struct msghdr *message, u64 total, u64 flags)
{
    u64 left = socket_together(d, total, flags);
    for (u64 i = 0; i < message->count; i++) {
        iov_buffer[i].length = iov_buffer[i].length < left ? iov_buffer[i].length : left;
        left -= iov_buffer[i].length;
    }
    long result = move_parts(d, message, flags | MSG_TAKES_PASSED, false);
    message->name_length = 0;
    message->flags = flags & MSG_CMSG_CLOEXEC;
    if ((flags & MSG_PEEK ? result > 0 : result >= 0) && !socket_attach(d) && !socket_is_tcp(d))
        passing_receive(d, message, flags & MSG_PEEK ? (u64)result : 0);
    else
        message->control_length = 0;
    return result;
}

long sys_sendmsg(u64 fd, u64 user, u64 flags)
{
    struct msghdr message;
    u64 total, at = 0;
    long result = message_parts(user, &message, &total);
    if (result)
        return result;
    if (is_connection(fd))
        return send_message(descriptor(fd), &message, total, flags);
    if (has_datagrams(fd)) {
        result = message.control_length ? datagram_carries(descriptor(fd), &message) : 0;
        if (!result && message.name)
            result = address_take(message.name, message.name_length);
        return result ? result
                      : datagram_gather(descriptor(fd), message.count, total, flags, message.name != 0);
    }
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
    u64 total;
    long result = message_parts(user, &message, &total);
    if (!result && is_connection(fd)) {
        result = receive_message(descriptor(fd), &message, total, flags);
        return result >= 0 && copy_out(user, &message, sizeof message) ? -EFAULT : result;
    }
    bool datagrams = has_datagrams(fd);
    const u8 *bytes = datagrams ? DATAGRAM_BYTES : ub_bounce;
    if (!result)
        result = datagrams ? datagram_receive(descriptor(fd), total, flags, &message.flags)
                           : receive(fd, total, flags, &message.flags);
    if (result < 0)
        return result;
    if (datagrams && message.name) {
        u64 room = message.name_length < answer->length ? message.name_length : answer->length;
        if (copy_out(message.name, answer->address, room))
            return -EFAULT;
    }
    message.name_length = datagrams && message.name ? answer->length : 0;
    if (scatter_out(message.count, bytes, (u64)result))
        return -EFAULT;
    message.control_length = 0;
    return copy_out(user, &message, sizeof message) ? -EFAULT : result;
}

/* Several messages: how many of them went, or why the first did not. */
long sys_sendmmsg(u64 fd, u64 user, u64 count, u64 flags)
{
    u32 most = (u32)count < IOV_MAX ? (u32)count : IOV_MAX, done = 0;
    long result = pair_only(fd, 0);
    for (; done < most && result >= 0; done++, user += sizeof(struct mmsghdr)) {
        result = sys_sendmsg(fd, user, flags);
        if (result < 0)
            break;
        u32 bytes = (u32)result;
        if (copy_out(user + offsetof(struct mmsghdr, length), &bytes, sizeof bytes))
            result = -EFAULT;
    }
    return done ? (long)done : result;
}

/* The time-out is looked at behind each message: it does not end a wait, as in Linux. */
long sys_recvmmsg(u64 fd, u64 user, u64 count, u64 flags, u64 timeout)
{
    u64 ns = 0, start = timeout ? clock_monotonic() : 0;
    u32 most = (u32)count < IOV_MAX ? (u32)count : IOV_MAX, done = 0;
    long result = timeout ? time_from_user(timeout, &ns) : 0;
    if (!result)
        result = pair_only(fd, 0);
    bool ends = false;
    for (; done < most && result >= 0 && !ends; done++, user += sizeof(struct mmsghdr)) {
        result = sys_recvmsg(fd, user, flags & ~(u64)MSG_WAITFORONE);
        if (result < 0)
            break;
        u32 bytes = (u32)result;
        if (copy_out(user + offsetof(struct mmsghdr, length), &bytes, sizeof bytes))
            result = -EFAULT;
        flags |= flags & MSG_WAITFORONE ? MSG_DONTWAIT : 0;
        ends = timeout && clock_monotonic() - start >= ns;
    }
    if (done && timeout) {
        u64 spent = clock_monotonic() - start, left = spent < ns ? ns - spent : 0;
        struct timespec rest = {(int64_t)(left / 1000000000), (int64_t)(left % 1000000000)};
        if (copy_out(timeout, &rest, sizeof rest))
            return -EFAULT;
    }
    return done ? (long)done : result;
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
    struct ub_descriptor *d = descriptor(fd);
    if (!d || is_path(d))
        return -EBADF;
    if (!is_socket(d)) {
        long refused = socket_call(NR_getsockopt, fd, SOL_SOCKET, SO_TYPE, 4);
        if (refused < 0)
            return refused;
    }
    if (copy_in(&length, user_length, 4))
        return -EFAULT;
    if ((int)length < 0)
        return -EINVAL;
    length = length < 1024 ? length : 1024;
    int error = level == SOL_SOCKET && name == SO_ERROR && is_socket(d) ? (int)socket_error(d) : 0;
    long result = option(NR_getsockopt, fd, level, name, length);
    if (result < 0)
        return result;
    if (error)
        memcpy(ub_bounce, &error, sizeof error);
    length = (u32)result;
    return copy_out(user, ub_bounce, length) || copy_out(user_length, &length, 4) ? -EFAULT : 0;
}

long sys_connect(u64 fd, u64 user, u64 length)
{
    struct ub_descriptor *d;
    long result = connection(fd, &d);
    if (result)
        return result == -ENOTSOCK ? pair_only(fd, -EISCONN) : result;
    result = address_take(user, length);
    if (result)
        return result;
    long slot = hypercall(UB_HC_FILE, NR_connect, d->handle, 0, 0, 0, 0);
    if (slot < 0 || is_datagrams(d))
        return slot;
    socket_attached(d, (u32)slot);
    return slot >> 32 ? -EINPROGRESS : 0; /* connected at once, but who does not wait never hears so */
}

long sys_bind(u64 fd, u64 user, u64 length)
{
    struct ub_descriptor *d;
    long result = connection(fd, &d);
    if (result)
        return result == -ENOTSOCK ? pair_only(fd, -EOPNOTSUPP) : result;
    result = address_take(user, length);
    return result ? result : hypercall(UB_HC_FILE, NR_bind, d->handle, 0777 & ~ub_control.umask, 0, 0, 0);
}

long sys_listen(u64 fd, u64 backlog)
{
    struct ub_descriptor *d;
    long result = connection(fd, &d);
    if (result)
        return result == -ENOTSOCK ? pair_only(fd, -EINVAL) : result;
    long slot = hypercall(UB_HC_FILE, NR_listen, d->handle, (u64)(int64_t)(int)backlog, 0, 0, 0);
    if (slot < 0)
        return slot;
    if (d->slot == UB_SOCKET_NO_SLOT)
        socket_attached(d, slot);
    return 0;
}

long sys_accept4(u64 fd, u64 address, u64 length, u64 flags)
{
    struct ub_descriptor *d;
    if (flags & ~(u64)(O_CLOEXEC | O_NONBLOCK))
        return -EINVAL;
    long result = connection(fd, &d);
    if (result)
        return result == -ENOTSOCK ? pair_only(fd, -EINVAL) : result;
    if (socket_attach(d))
        return -EINVAL;
    int made = descriptor_new(0);
    if (made < 0)
        return made;
    do {
        result = hypercall(UB_HC_FILE, NR_accept4, d->handle, flags & O_NONBLOCK, 0, 0, 0);
        if (result != -EAGAIN)
            break;
        result = socket_await(d, UB_READER, true);
        if (result)
            return result;
    } while (true);
    if (result < 0)
        return result;
    descriptors[made] = socket_descriptor((u32)result, UB_SOCKET_NO_SLOT, flags);
    socket_attached(&descriptors[made], result >> 32);
    result = address ? address_give(address, length) : 0;
    if (!result)
        return made;
    socket_release(&descriptors[made]);
    descriptors[made].kind = UB_FD_FREE;
    return result;
}

long sys_accept(u64 fd, u64 address, u64 length)
{
    return sys_accept4(fd, address, length, 0);
}

/* Both ends of a pair have no name: their address is the family alone. */
static long name_of(u64 call, u64 fd, u64 user, u64 user_length)
{
    bool named = is_connection(fd) || has_datagrams(fd);
    long result = named ? socket_call(call, fd, 0, 0, 0) : pair_only(fd, 0);
    if (result < 0)
        return result;
    if (!named) {
        *(struct ub_socket_address *)ub_bounce =
            (struct ub_socket_address){.length = 2, .address = {AF_UNIX, 0}};
    }
    return address_give(user, user_length);
}

long sys_getsockname(u64 fd, u64 user, u64 user_length)
{
    return name_of(NR_getsockname, fd, user, user_length);
}

long sys_getpeername(u64 fd, u64 user, u64 user_length)
{
    return name_of(NR_getpeername, fd, user, user_length);
}
