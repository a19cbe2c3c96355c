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
    long result = datagram_receive(d, bytes, 0, &flags);
    return result > 0 && copy_out(buffer, DATAGRAM_BYTES, (u64)result) ? -EFAULT : result;
}

long datagram_write(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    if (bytes > DATAGRAM_MOST)
        return -EMSGSIZE;
    return copy_in(DATAGRAM_BYTES, buffer, bytes) ? -EFAULT : datagram_send(d, bytes, 0, false);
}
