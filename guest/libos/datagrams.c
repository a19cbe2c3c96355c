/* Messages of sockets that keep their borders and say who sent them: through the bounce buffer, behind the address. */
#include "libos.h"

long datagram_send(struct ub_descriptor *d, u64 bytes, u64 flags, bool has_address)
{
    long result = hypercall(UB_HC_FILE, NR_sendto, d->handle, bytes, flags, has_address, 0);
    if (result == -EPIPE && !(flags & MSG_NOSIGNAL))
        signal_raise(SIGPIPE, SI_USER);
    return result;
}

long datagram_receive(struct ub_descriptor *d, u64 bytes, u64 flags, u32 *message_flags)
{
    long result = hypercall(UB_HC_FILE, NR_recvfrom, d->handle, bytes < DATAGRAM_MOST ? bytes : DATAGRAM_MOST,
                            flags, 0, 0);
    if (result < 0)
        return result;
    *message_flags = (u32)(result >> 32);
    return (u32)result;
}

long datagram_read(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    u32 flags;
    long result = bytes ? datagram_receive(d, bytes, 0, &flags) : 0;
    return result > 0 && copy_out(buffer, DATAGRAM_BYTES, (u64)result) ? -EFAULT : result;
}

long datagram_write(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    if (bytes > DATAGRAM_MOST)
        return -EMSGSIZE;
    return copy_in(DATAGRAM_BYTES, buffer, bytes) ? -EFAULT : datagram_send(d, bytes, 0, false);
}

long datagram_gather(struct ub_descriptor *d, u64 count, u64 total, u64 flags, bool has_address)
{
    u64 at = 0;
    if (total > DATAGRAM_MOST)
        return -EMSGSIZE;
    for (u64 i = 0; i < count; at += iov_buffer[i++].length)
        if (copy_in(DATAGRAM_BYTES + at, iov_buffer[i].base, iov_buffer[i].length))
            return -EFAULT;
    return datagram_send(d, total, flags, has_address);
}

long scatter_out(u64 count, const u8 *bytes, u64 length)
{
    for (u64 i = 0, at = 0; i < count && at < length; i++) {
        u64 piece = length - at < iov_buffer[i].length ? length - at : iov_buffer[i].length;
        if (copy_out(iov_buffer[i].base, bytes + at, piece))
            return -EFAULT;
        at += piece;
    }
    return 0;
}

/* readv, writev: a message a call; of no bytes none. */
long datagram_vector(struct ub_descriptor *d, u64 count, u64 total, bool writing)
{
    u32 flags;
    if (!total)
        return 0;
    if (writing)
        return datagram_gather(d, count, total, 0, false);
    long result = datagram_receive(d, total, 0, &flags);
    return result > 0 && scatter_out(count, DATAGRAM_BYTES, (u64)result) ? -EFAULT : result;
}
