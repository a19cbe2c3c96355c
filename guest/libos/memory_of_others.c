/* process_vm_readv and process_vm_writev: through the monitor, a piece at a time. */
#include "libos.h"

SCRATCH static struct iovec others[IOV_MAX];

/* How much of a piece could be moved; -errno if nothing. */
static long move_piece(u64 pid, u64 own, u64 other, u64 bytes, bool writes)
{
    if (is_me(pid))
        return user_copy((void *)(writes ? other : own), (const void *)(writes ? own : other), bytes)
                   ? -EFAULT
                   : (long)bytes;
    if (writes && copy_in(ub_bounce, own, bytes))
        return -EFAULT;
    long moved =
        hypercall(UB_HC_USERS, writes ? NR_process_vm_writev : NR_process_vm_readv, pid, other, bytes, 0, 0);
    return !writes && moved > 0 && copy_out(own, ub_bounce, (u64)moved) ? -EFAULT : moved;
}

static long move_memory(u64 pid, u64 user, u64 count, u64 user2, u64 count2, u64 flags, bool writes)
{
    u64 own_bytes, done = 0, other = 0, at = 0;
    if (flags || count2 > IOV_MAX)
        return -EINVAL;
    long result = vector_take(user, count, &own_bytes);
    if (result)
        return result;
    if (copy_in(others, user2, count2 * sizeof *others))
        return -EFAULT;
    for (u64 i = 0; i < count2; i++)
        if ((int64_t)others[i].length < 0)
            return -EINVAL;
    for (u64 i = 0; i < count; i++)
        for (u64 within = 0; within < iov_buffer[i].length;) {
            while (other < count2 && at == others[other].length) {
                other++;
                at = 0;
            }
            if (other == count2)
                return (long)done;
            u64 left = iov_buffer[i].length - within, there = others[other].length - at,
                piece = left < there ? left : there;
            piece = piece < UB_BOUNCE_SIZE ? piece : UB_BOUNCE_SIZE;
            result = move_piece((u64)(int)pid, iov_buffer[i].base + within, others[other].base + at, piece,
                                writes);
            if (result < 0)
                return done ? (long)done : result;
            done += (u64)result;
            within += (u64)result;
            at += (u64)result;
            if ((u64)result < piece)
                return (long)done;
        }
    return !own_bytes && !is_me(pid) && HC1(UB_HC_GETPGID, pid) < 0 ? -ESRCH : (long)done;
}

long sys_process_vm_readv(u64 pid, u64 own, u64 count, u64 others_user, u64 count2, u64 flags)
{
    return move_memory(pid, own, count, others_user, count2, flags, false);
}

long sys_process_vm_writev(u64 pid, u64 own, u64 count, u64 others_user, u64 count2, u64 flags)
{
    return move_memory(pid, own, count, others_user, count2, flags, true);
}
