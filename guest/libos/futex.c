/*
 * Futexes. In memory that processes share, the monitor keeps who waits, by segment and offset. In private
 * memory nobody else could ever wake the waiter, because a process has one thread: only time and signals do.
 */
#include "libos.h"

static long load(u64 address, u32 *value)
{
    if (address & 3)
        return -EINVAL;
    return copy_in(value, address, 4);
}

static long deadline_of(u64 timeout, bool absolute, bool realtime, u64 *deadline)
{
    u64 ns, now = clock_monotonic();
    *deadline = 0;
    if (!timeout)
        return 0;
    long result = time_from_user(timeout, &ns);
    if (result)
        return result;
    if (!absolute)
        *deadline = now + ns < now ? 0 : now + ns;
    else if (!realtime)
        *deadline = ns;
    else
        *deadline = ns > (u64)ub_system.realtime_offset_ns ? ns - (u64)ub_system.realtime_offset_ns : 1;
    if (timeout && *deadline <= 1)
        *deadline = 2; /* long past; 0 and 1 mean something else */
    *deadline = wait_deadline(*deadline);
    return 0;
}

static long wait_private(u64 deadline)
{
    for (;;) {
        u64 ticket = __atomic_load_n(&ub_control.unpark_seq, __ATOMIC_SEQ_CST);
        if (deadline && clock_monotonic() >= deadline)
            return -ETIMEDOUT;
        if (signal_waiting())
            return deadline ? wait_interrupted(deadline) : -ERESTARTSYS;
        park(ticket, deadline, 0);
    }
}

static long futex_wait(u64 address, u32 expected, u64 deadline, u32 bits)
{
    u32 value;
    if (!bits)
        return -EINVAL;
    long result = load(address, &value);
    if (result)
        return result;
    if (value != expected)
        return -EAGAIN;
    u64 shared = memory_shared(address);
    if (shared == ~0UL)
        return wait_private(deadline);
    result = hypercall(UB_HC_FUTEX_WAIT, shared, expected, deadline, bits, 0, 0);
    return result == -ERESTARTSYS && deadline ? wait_interrupted(deadline) : result;
}

static long futex_wake(u64 address, u32 count, u32 bits)
{
    u32 value;
    if (!bits)
        return -EINVAL;
    long result = load(address, &value);
    if (result)
        return result;
    u64 shared = memory_shared(address);
    return shared == ~0UL ? 0 : hypercall(UB_HC_FUTEX_WAKE, shared, count, 0, bits, ~0UL, 0);
}

static long requeue(u64 address, u32 wake, u32 move, u64 target)
{
    u32 value;
    long result = load(address, &value);
    if (!result)
        result = load(target, &value);
    if (result)
        return result;
    u64 shared = memory_shared(address), to = memory_shared(target);
    if (shared == ~0UL || to == ~0UL)
        return 0;
    return hypercall(UB_HC_FUTEX_WAKE, shared, wake, move, ~0U, to, 0);
}

/* FUTEX_WAKE_OP: changes the second word atomically, wakes there too if its old value compares. */
static long wake_operation(u64 address, u32 count, u32 count2, u64 address2, u32 code)
{
    u32 old, argument = code >> 12 & 0xfff, wanted = code & 0xfff;
    if ((code >> 28 & 8) != 0)
        argument = 1U << (argument & 31);
    long result = load(address2, &old);
    if (result)
        return result;
    u32 *word =
        (u32 *)address2; /* readable as just seen; a write that may not be ends the process as any other */
    switch (code >> 28 & 7) {
    case FUTEX_OP_SET:
        old = __atomic_exchange_n(word, argument, __ATOMIC_SEQ_CST);
        break;
    case FUTEX_OP_ADD:
        old = __atomic_fetch_add(word, argument, __ATOMIC_SEQ_CST);
        break;
    case FUTEX_OP_OR:
        old = __atomic_fetch_or(word, argument, __ATOMIC_SEQ_CST);
        break;
    case FUTEX_OP_ANDN:
        old = __atomic_fetch_and(word, ~argument, __ATOMIC_SEQ_CST);
        break;
    case FUTEX_OP_XOR:
        old = __atomic_fetch_xor(word, argument, __ATOMIC_SEQ_CST);
        break;
    default:
        return -ENOSYS;
    }
    int32_t left = (int32_t)old, right = (int32_t)(wanted << 20) >> 20;
    bool holds;
    switch (code >> 24 & 15) {
    case FUTEX_OP_CMP_EQ:
        holds = left == right;
        break;
    case FUTEX_OP_CMP_NE:
        holds = left != right;
        break;
    case FUTEX_OP_CMP_LT:
        holds = left < right;
        break;
    case FUTEX_OP_CMP_LE:
        holds = left <= right;
        break;
    case FUTEX_OP_CMP_GT:
        holds = left > right;
        break;
    case FUTEX_OP_CMP_GE:
        holds = left >= right;
        break;
    default:
        return -ENOSYS;
    }
    long woken = futex_wake(address, count, ~0U);
    if (woken < 0 || !holds)
        return woken;
    long more = futex_wake(address2, count2, ~0U);
    return more < 0 ? more : woken + more;
}

/* futex_waitv: as many words as a process likes, of which those in private memory nobody can wake. */
struct futex_waiter {
    u64 value, address;
    u32 flags, reserved;
};

long sys_futex_waitv(u64 user, u64 count, u64 flags, u64 timeout, u64 clock)
{
    enum { SIZE_32 = 2, SIZE_MASK = 3 };
    SCRATCH static struct futex_waiter waiters[UB_FUTEX_WAITV_MAX];
    SCRATCH static u8 number[UB_FUTEX_WAITV_MAX]; /* of those that the monitor is told of */
    struct ub_futex *asked = (struct ub_futex *)ub_bounce;
    u64 deadline = 0, shared = 0;
    if (flags || !count || count > UB_FUTEX_WAITV_MAX || !user ||
        (timeout && clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC))
        return -EINVAL;
    long result = deadline_of(timeout, true, clock == CLOCK_REALTIME, &deadline);
    if (result)
        return result;
    if (copy_in(waiters, user, count * sizeof *waiters))
        return -EFAULT;
    for (u64 i = 0; i < count; i++)
        if ((waiters[i].flags & ~(u32)(SIZE_MASK | FUTEX_PRIVATE)) ||
            (waiters[i].flags & SIZE_MASK) != SIZE_32 || waiters[i].reserved || waiters[i].value >> 32)
            return -EINVAL;
    for (u64 i = 0; i < count; i++) {
        u32 value;
        result = load(waiters[i].address, &value);
        if (result || value != (u32)waiters[i].value)
            return result ? result : -EAGAIN;
        u64 address = memory_shared(waiters[i].address);
        if (address == ~0UL)
            continue;
        number[shared] = (u8)i;
        asked[shared++] = (struct ub_futex){address, (u32)waiters[i].value, 0};
    }
    if (!shared)
        return wait_private(deadline);
    result = HC2(UB_HC_FUTEX_WAITV, shared, deadline);
    if (result == -ERESTARTSYS && deadline)
        return wait_interrupted(deadline);
    return result < 0 ? result : number[(u64)result % shared];
}

long sys_futex(u64 address, u64 operation, u64 value, u64 timeout, u64 address2, u64 value3)
{
    u64 deadline;
    u32 now;
    long result;
    switch ((u32)operation & ~(u32)(FUTEX_PRIVATE | FUTEX_CLOCK_REALTIME)) {
    case FUTEX_WAIT:
        result = deadline_of(timeout, false, false, &deadline);
        return result ? result : futex_wait(address, (u32)value, deadline, ~0U);
    case FUTEX_WAIT_BITSET:
        result = deadline_of(timeout, true, operation & FUTEX_CLOCK_REALTIME, &deadline);
        return result ? result : futex_wait(address, (u32)value, deadline, (u32)value3);
    case FUTEX_WAKE:
        return futex_wake(address, (u32)value, ~0U);
    case FUTEX_WAKE_BITSET:
        return futex_wake(address, (u32)value, (u32)value3);
    case FUTEX_CMP_REQUEUE:
        if ((int)value < 0 || (int)timeout < 0)
            return -EINVAL;
        result = load(address, &now);
        if (result || now != (u32)value3)
            return result ? result : -EAGAIN;
        return requeue(address, (u32)value, (u32)timeout, address2);
    case FUTEX_REQUEUE:
        if ((int)value < 0 || (int)timeout < 0)
            return -EINVAL;
        return requeue(address, (u32)value, (u32)timeout, address2);
    case FUTEX_WAKE_OP:
        return wake_operation(address, (u32)value, (u32)timeout, address2, (u32)value3);
    default:
        return -ENOSYS; /* locks with priority inheritance */
    }
}

/* Robust mutexes: a list that the C library keeps; at the process's end the locks on it are marked and passed
 * on. */
struct robust_list {
    u64 first, offset, pending;
};

long sys_set_robust_list(u64 head, u64 size)
{
    if (size != sizeof(struct robust_list))
        return -EINVAL;
    ub_control.robust_head = head;
    return 0;
}

long sys_get_robust_list(u64 pid, u64 head, u64 size)
{
    u64 bytes = sizeof(struct robust_list);
    if (pid && (u32)pid != ub_control.pid)
        return -ESRCH;
    return copy_out(head, &ub_control.robust_head, 8) || copy_out(size, &bytes, 8) ? -EFAULT : 0;
}

static void owner_died(u64 entry, u64 offset)
{
    u64 address = (entry & ~1UL) + offset;
    u32 value;
    if (load(address, &value) || (value & FUTEX_TID_MASK) != ub_control.pid)
        return;
    u32 dead = (value & FUTEX_WAITERS) | FUTEX_OWNER_DIED;
    if (!copy_out(address, &dead, 4) && (value & FUTEX_WAITERS))
        futex_wake(address, 1, ~0U);
}

/* Twin of RobustMutexes, for a process that is killed from outside. */
void robust_list_exit(void)
{
    struct robust_list list;
    u64 head = ub_control.robust_head;
    ub_control.robust_head = 0;
    if (!head || copy_in(&list, head, sizeof list))
        return;
    u64 entry = list.first;
    for (int i = 0; i < 2048 && (entry & ~1UL) != head; i++) {
        u64 next;
        if (copy_in(&next, entry & ~1UL, 8))
            break;
        if (entry != list.pending)
            owner_died(entry, list.offset);
        entry = next;
    }
    if (list.pending)
        owner_died(list.pending, list.offset);
}

/* A child, and a program after exec, has no list until it says so. */
void robust_list_forget(void)
{
    ub_control.robust_head = 0;
}
