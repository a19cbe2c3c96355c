/*
 * System V IPC and POSIX message queues. The monitor keeps the objects; structures and texts go through the
 * bounce buffer. A semaphore or message operation costs an exit; attached memory costs none.
 */
#include "libos.h"

static long ipc(u64 call, u64 a, u64 b, u64 c, u64 d)
{
    return hypercall(UB_HC_IPC, call, a, b, c, d, 0);
}

/* Stop and continue cut these calls short, too. */
static long interrupted(long result)
{
    return result == -ERESTARTSYS ? -EINTR : result;
}

/* A control command whose structure goes in, comes out, or neither. */
static long control(u64 call, u64 id, u64 command, u64 user, u64 in, u64 out)
{
    if (in && copy_in(ub_bounce, user, in))
        return -EFAULT;
    long result = ipc(call, id, command, 0, 0);
    return result >= 0 && out && copy_out(user, ub_bounce, out) ? -EFAULT : result;
}

/* Shared memory */

#define SHMID_DS 112

/* shmat with SHM_REMAP: what is there goes. */
static long make_room(u64 address, u64 length)
{
    u64 end = address + page_up(length);
    if (end < address || is_ours(address, end))
        return -EINVAL;
    for (u64 i = area_after(address); i < area_count && areas[i].start < end; i++)
        if ((areas[i].flags & UB_AREA_ATTACHED) && areas[i].start >= address && areas[i].end <= end)
            ipc(NR_shmdt, (areas[i].backing - UB_GPA_WINDOW) / UB_SEGMENT_BYTES, 0, 0, 0);
    return memory_unmap(address, end) ? 0 : -ENOMEM;
}

/* shmat: shows memory that lies in slots of the window from the first one on. The address, or -errno. */
static long attach(u64 address, u64 length, u64 slot, u32 prot)
{
    u64 bytes = page_up(length), next = area_after(address);
    if (!address)
        address = find_hole(bytes);
    else if (is_ours(address, address + bytes) || address + bytes < address ||
             (next < area_count && areas[next].start < address + bytes))
        return -EINVAL;
    struct ub_area area = {.start = address,
                           .end = address + bytes,
                           .prot = prot,
                           .flags = UB_AREA_SHARED | UB_AREA_ATTACHED |
                                    (prot & PROT_WRITE ? 0 : UB_AREA_READ_ONLY),
                           .backing = UB_GPA_WINDOW + slot * UB_SEGMENT_BYTES,
                           .valid_end = address + bytes};
    return address && memory_map(area) ? (long)address : -ENOMEM;
}

/* The first slot of the segment that is attached at an address; -EINVAL. */
static long attached(u64 address)
{
    u64 index = area_after(address);
    if (index == area_count || areas[index].start != address || !(areas[index].flags & UB_AREA_ATTACHED) ||
        (areas[index].backing & (UB_SEGMENT_BYTES - 1)))
        return -EINVAL;
    return (long)((areas[index].backing - UB_GPA_WINDOW) / UB_SEGMENT_BYTES);
}

/* shmdt: what is still mapped of the segment there goes. */
static void detach(u64 address, u64 length, u64 slot)
{
    u64 end = address + page_up(length);
    for (u64 at = address, i; at < end && (i = area_after(at)) < area_count && areas[i].start < end;) {
        struct ub_area area = areas[i];
        at = area.end;
        if ((area.flags & UB_AREA_ATTACHED) &&
            area.backing - UB_GPA_WINDOW - slot * UB_SEGMENT_BYTES == area.start - address)
            memory_unmap(area.start, area.end);
    }
}

long sys_shmget(u64 key, u64 size, u64 flags)
{
    return ipc(NR_shmget, key, size, flags, 0);
}

long sys_shmat(u64 id, u64 address, u64 flags)
{
    if (flags & SHM_RND)
        address &= ~(u64)(UB_PAGE - 1);
    if ((address & (UB_PAGE - 1)) || ((flags & SHM_REMAP) && !address))
        return -EINVAL;
    if (flags & SHM_REMAP) {
        long result = ipc(NR_shmctl, id, IPC_STAT, 0, 0);
        if (!result)
            result = make_room(address, ((u64 *)ub_bounce)[6]);
        if (result)
            return result;
    }
    long slot = ipc(NR_shmat, id, flags, 0, 0);
    if (slot < 0)
        return slot;
    u64 bytes = *(u64 *)ub_bounce;
    u32 prot = PROT_READ | (flags & SHM_RDONLY ? 0 : PROT_WRITE) | (flags & SHM_EXEC ? PROT_EXEC : 0);
    long at = attach(address, bytes, (u64)slot, prot);
    if (at < 0) {
        ipc(NR_shmdt, (u64)slot, 0, 0, 0);
        forget_slots((u64)slot * UB_SEGMENT_BYTES, bytes);
    }
    return at;
}

long sys_shmdt(u64 address)
{
    long slot = attached(address);
    if (slot < 0)
        return slot;
    long bytes = ipc(NR_shmdt, (u64)slot, 0, 0, 0);
    if (bytes < 0)
        return bytes;
    detach(address, (u64)bytes, (u64)slot);
    return 0;
}

long sys_shmctl(u64 id, u64 command, u64 user)
{
    u64 out = command == IPC_STAT || command == SHM_STAT || command == SHM_STAT_ANY ? SHMID_DS
              : command == IPC_INFO                                                 ? 72
              : command == SHM_INFO                                                 ? 48
                                                                                    : 0;
    return control(NR_shmctl, id, command, user, command == IPC_SET ? SHMID_DS : 0, out);
}

/* Semaphores */

#define SEMBUF 6
#define SEMOPM 500
#define SEMID_DS 104

long sys_semget(u64 key, u64 count, u64 flags)
{
    return ipc(NR_semget, key, count, flags, 0);
}

long sys_semtimedop(u64 id, u64 user, u64 count, u64 timeout)
{
    u64 deadline = 0, ns;
    if (timeout) {
        long result = time_from_user(timeout, &ns);
        if (result)
            return result;
        deadline = clock_monotonic() + ns;
    }
    if (count > SEMOPM)
        return -E2BIG;
    if (count < 1 || (int)id < 0)
        return -EINVAL;
    if (copy_in(ub_bounce, user, count * SEMBUF))
        return -EFAULT;
    return interrupted(ipc(NR_semtimedop, id, count, deadline, 0));
}

long sys_semop(u64 id, u64 user, u64 count)
{
    return sys_semtimedop(id, user, count, 0);
}

/* How many semaphores a set has. */
static long set_size(u64 id)
{
    long result = ipc(NR_semctl, id, 0, IPC_STAT, 0);
    return result < 0 ? result : (long)((u64 *)ub_bounce)[10];
}

long sys_semctl(u64 id, u64 number, u64 command, u64 argument)
{
    long count = command == SETALL ? set_size(id) : 0;
    u64 out = command == IPC_STAT || command == SEM_STAT || command == SEM_STAT_ANY ? SEMID_DS
              : command == IPC_INFO || command == SEM_INFO                          ? 40
                                                                                    : 0;
    if (count < 0)
        return count;
    if (command == IPC_SET || command == SETALL)
        if (copy_in(ub_bounce, argument, command == IPC_SET ? SEMID_DS : (u64)count * 2))
            return -EFAULT;
    long result = ipc(NR_semctl, id, number, command, argument);
    if (command == GETALL && result >= 0)
        return copy_out(argument, ub_bounce, (u64)result * 2);
    return result >= 0 && out && copy_out(argument, ub_bounce, out) ? -EFAULT : result;
}

/* Message queues: a message is its type and its text. */

#define MSGMAX (UB_BOUNCE_SIZE - 8) /* that fit; msgmax is the monitor's to check */
#define MSQID_DS 120

long sys_msgget(u64 key, u64 flags)
{
    return ipc(NR_msgget, key, flags, 0, 0);
}

long sys_msgsnd(u64 id, u64 user, u64 bytes, u64 flags)
{
    if (bytes > MSGMAX || (int)id < 0)
        return -EINVAL;
    if (copy_in(ub_bounce, user, 8 + bytes))
        return -EFAULT;
    return interrupted(ipc(NR_msgsnd, id, bytes, flags, 0));
}

long sys_msgrcv(u64 id, u64 user, u64 bytes, u64 type, u64 flags)
{
    if ((int64_t)bytes < 0 || (int)id < 0)
        return -EINVAL;
    long result = interrupted(ipc(NR_msgrcv, id, bytes, type, flags));
    return result >= 0 && copy_out(user, ub_bounce, 8 + (u64)result) ? -EFAULT : result;
}

long sys_msgctl(u64 id, u64 command, u64 user)
{
    u64 out = command == IPC_STAT || command == MSG_STAT || command == MSG_STAT_ANY ? MSQID_DS
              : command == IPC_INFO || command == MSG_INFO                          ? 32
                                                                                    : 0;
    return control(NR_msgctl, id, command, user, command == IPC_SET ? MSQID_DS : 0, out);
}
