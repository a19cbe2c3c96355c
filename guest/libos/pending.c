/*
 * Which signals are pending and which are blocked. The monitor and signal_raise set bits in control.sig_pending; what becomes of
 * them is signal.c's business, or that of who takes them by a call.
 */
#include "libos.h"

bool signal_waiting(void)
{
    return signals_due() != 0;
}

bool signal_pending(u64 mask)
{
    return __atomic_load_n(&ub_control.sig_pending, __ATOMIC_SEQ_CST) & mask;
}

u64 signal_exchange_mask(u64 mask)
{
    u64 old = ub_control.sig_blocked;
    ub_control.sig_blocked = mask & ~UNBLOCKABLE;
    ub_control.pending = 1; /* look again: something may be due under the new mask */
    return old;
}

/*
 * A signal of the process to itself: SIGCONT discards stops that are pending, a stop discards SIGCONT, and what is ignored and not
 * blocked is dropped. Twin of GuestProcess.Post, which does that for signals from outside.
 */
void signal_raise(int number, int code)
{
    if (number >= SIGRTMIN && !((ub_control.sig_ignored & ~ub_control.sig_blocked) &
                                BIT(number))) { /* these queue, and the queue is the monitor's */
        hypercall(UB_HC_KILL, ub_control.pid, (u64)number, 0, (u64)(int64_t)code, 0, 0);
        return;
    }
    if (number == SIGCONT)
        __atomic_fetch_and(&ub_control.sig_pending, ~STOPPING, __ATOMIC_SEQ_CST);
    else if (STOPPING & BIT(number))
        __atomic_fetch_and(&ub_control.sig_pending, ~BIT(SIGCONT), __ATOMIC_SEQ_CST);
    if ((ub_control.sig_ignored & BIT(number)) && !(ub_control.sig_blocked & BIT(number)))
        return;
    if (ub_control.sig_pending & BIT(number))
        return;
    ub_counters.siginfo[number] =
        (struct ub_siginfo){code, (int32_t)ub_control.pid, (int32_t)ub_control.uid, 0, 0};
    __atomic_fetch_or(&ub_control.sig_pending, BIT(number), __ATOMIC_SEQ_CST);
    ub_control.pending = 1;
}

static void fill_siginfo(int number, struct siginfo *info)
{
    struct ub_siginfo *from = &ub_counters.siginfo[number];
    memset(info, 0, sizeof *info);
    info->signo = number;
    info->code = from->code;
    if (from->code == SI_TIMER) {
        info->timer.id = from->pid - 3; /* timer_create counts from 0 */
        info->timer.overrun = timer_overrun(from->pid);
        info->timer.value = from->value;
    } else if (number == SIGCHLD && from->code > 0) {
        info->child.pid = from->pid;
        info->child.uid = from->uid;
        info->child.status = from->status;
    } else {
        info->sender.pid = from->pid;
        info->sender.uid = from->uid;
        info->sender.value = from->value;
        if (from->code > 0 && from->code < SI_KERNEL)
            info->child.status = from->status; /* of a child whose end sends another signal */
    }
}

/* The lowest pending signal of the mask; of several queued under one number the next becomes pending. */
bool signal_take(u64 mask, struct siginfo *info)
{
    u64 bits = __atomic_load_n(&ub_control.sig_pending, __ATOMIC_SEQ_CST) & mask;
    if (!bits)
        return false;
    int number = __builtin_ctzl(bits) + 1;
    fill_siginfo(number, info);
    __atomic_fetch_and(&ub_control.sig_pending, ~BIT(number), __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&ub_control.sig_queued, __ATOMIC_SEQ_CST) & BIT(number))
        HC1(UB_HC_SIGNAL_NEXT, number);
    return true;
}
