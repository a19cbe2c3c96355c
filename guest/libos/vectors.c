/* The vectors of calls that gather and scatter. */
#include "libos.h"

SCRATCH struct iovec iov_buffer[IOV_MAX];

/* Addresses that no program can have are looked for before anything is moved. */
long vector_take(u64 user, u64 count, u64 *total)
{
    *total = 0;
    if (count > IOV_MAX)
        return -EINVAL;
    if (copy_in(iov_buffer, user, count * sizeof(struct iovec)))
        return -EFAULT;
    for (u64 i = 0; i < count; i++) {
        const struct iovec *part = &iov_buffer[i];
        if ((int64_t)part->length < 0 || (int64_t)(*total + part->length) < 0)
            return -EINVAL;
        if ((int64_t)part->base < 0 || (int64_t)(part->base + part->length) < 0)
            return -EFAULT;
        *total += part->length;
    }
    return 0;
}
