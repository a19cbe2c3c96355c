/*
 * What becomes of signals. They are looked at when a system call or an exception returns, and the monitor
 * interrupts a program that makes no calls. Handlers run on a frame laid out as Linux lays it out.
 */
#include "libos.h"

static struct kernel_sigaction actions[UB_SIGNALS];
static struct sigaltstack alternate = {0, SS_DISABLE, 0, 0};
static u64 mask_after_delivery;
static bool mask_to_restore;
SCRATCH static u8 state_buffer[4096] __attribute__((aligned(64)));

static u64 rseq_area;

#define IGNORED_BY_DEFAULT (BIT(SIGCHLD) | BIT(SIGCONT) | BIT(SIGURG) | BIT(SIGWINCH))

static void publish(void)
{
    u64 refused = 0, caught = 0;
    for (int n = 1; n < UB_SIGNALS; n++) {
        if (actions[n].handler == SIG_IGN)
            refused |= BIT(n);
        else if (actions[n].handler != SIG_DFL)
            caught |= BIT(n);
    }
    ub_control.sig_refused = refused;
    ub_control.sig_caught = caught;
    ub_control.sig_ignored = refused | (IGNORED_BY_DEFAULT & ~caught);
    ub_control.auto_reap = actions[SIGCHLD].handler == SIG_IGN || (actions[SIGCHLD].flags & SA_NOCLDWAIT);
    ub_control.no_stop_notify = (actions[SIGCHLD].flags & SA_NOCLDSTOP) != 0;
}

/* A new program: what was ignored stays ignored, handlers are gone. */
void signal_start(void)
{
    for (int n = 1; n < UB_SIGNALS; n++)
        actions[n] =
            (struct kernel_sigaction){(ub_control.sig_refused & BIT(n)) ? SIG_IGN : SIG_DFL, 0, 0, 0};
    alternate = (struct sigaltstack){0, SS_DISABLE, 0, 0};
    mask_to_restore = false;
    rseq_area = 0;
    publish();
}

/* clone3's CLONE_CLEAR_SIGHAND: what is caught is no more. */
void signal_default_actions(void)
{
    for (int n = 1; n < UB_SIGNALS; n++)
        if (actions[n].handler != SIG_IGN)
            actions[n] = (struct kernel_sigaction){SIG_DFL, 0, 0, 0};
    publish();
}

void signal_restore_after_delivery(u64 mask)
{
    mask_after_delivery = mask;
    mask_to_restore = true;
}

static bool on_alternate(u64 rsp)
{
    return !(alternate.flags & SS_DISABLE) && rsp > alternate.sp && rsp - alternate.sp <= alternate.size;
}

/*
 * Restartable sequences. A process has one vCPU, number 0, that only signals interrupt: so the registered
 * area never changes, and a handler that interrupts a sequence is what sends it to its abort address.
 */
struct rseq_area {
    u32 cpu_id_start, cpu_id;
    u64 sequence;
    u32 flags, node_id, mm_cid;
};
struct rseq_sequence {
    u32 version, flags;
    u64 start, length, abort;
};
static u32 rseq_signature;

long sys_rseq(u64 area, u64 length, u64 flags, u64 signature)
{
    if (flags & 1) {
        if (area != rseq_area || (u32)signature != rseq_signature)
            return -EINVAL;
        rseq_area = 0;
        return 0;
    }
    if (flags || length < 32 || (area & 31))
        return -EINVAL;
    if (rseq_area)
        return area == rseq_area ? -EBUSY : -EINVAL;
    struct rseq_area fresh = {0, 0, 0, 0, 0, 0};
    if (copy_out(area, &fresh, sizeof fresh))
        return -EFAULT;
    rseq_area = area;
    rseq_signature = (u32)signature;
    return 0;
}

static void abort_sequence(struct ub_registers *r)
{
    u64 address, none = 0;
    struct rseq_sequence sequence;
    if (!rseq_area || copy_in(&address, rseq_area + offsetof(struct rseq_area, sequence), 8) || !address)
        return;
    if (copy_in(&sequence, address, sizeof sequence))
        return;
    copy_out(rseq_area + offsetof(struct rseq_area, sequence), &none, 8);
    if (r->rip - sequence.start < sequence.length)
        r->rip = sequence.abort;
}

/* Pushes a signal frame and points the registers at the handler. False: the stack cannot take it. */
static bool push_frame(struct ub_registers *r, int number, const struct siginfo *info,
                       const struct trap_frame *trap)
{
    abort_sequence(r);
    struct kernel_sigaction *action = &actions[number];
    SCRATCH static struct signal_frame frame;
    u64 state_size = ub_system.xsave_size, rsp = r->rsp - 128;
    u32 flags = on_alternate(r->rsp) ? SS_ONSTACK : (u32)alternate.flags & SS_DISABLE;
    if ((action->flags & SA_ONSTACK) && !(alternate.flags & SS_DISABLE) && !on_alternate(r->rsp))
        rsp = alternate.sp + alternate.size;
    rsp = (rsp - state_size - 4) & ~63UL;
    u64 state = rsp;
    rsp = ((rsp - sizeof frame) & ~15UL) - 8;

    memset(&frame, 0, sizeof frame);
    frame.restorer = action->restorer;
    frame.info = *info;
    frame.uc.flags = UC_FP_XSTATE | UC_SIGCONTEXT_SS | UC_STRICT_RESTORE_SS;
    frame.uc.stack = alternate;
    frame.uc.stack.flags = (int32_t)flags;
    frame.uc.mask = mask_to_restore ? mask_after_delivery : ub_control.sig_blocked;
    mask_to_restore = false;
    struct sigcontext *c = &frame.uc.context;
    c->r8 = r->r8, c->r9 = r->r9, c->r10 = r->r10, c->r11 = r->r11, c->r12 = r->r12, c->r13 = r->r13,
    c->r14 = r->r14, c->r15 = r->r15;
    c->rdi = r->rdi, c->rsi = r->rsi, c->rbp = r->rbp, c->rbx = r->rbx, c->rdx = r->rdx, c->rax = r->rax,
    c->rcx = r->rcx;
    c->rsp = r->rsp, c->rip = r->rip, c->rflags = r->rflags & ~0x3000UL;
    c->cs = 0x33, c->ss = 0x2b; /* what a Linux program sees */
    c->old_mask = frame.uc.mask;
    c->fpstate = state;
    if (trap)
        c->vector = trap->vector, c->error = trap->error, c->cr2 = trap->address;

    memset(state_buffer, 0, 576); /* xsave leaves the header of untouched state alone */
    __asm__ volatile("xsave64 %0" : "+m"(*(u8(*)[4096])state_buffer) : "a"(-1), "d"(-1) : "memory");
    *(struct xstate_software *)(state_buffer + 464) = (struct xstate_software){
        FP_XSTATE_MAGIC1, (u32)state_size + 4, *(u64 *)(state_buffer + 512) | 3, (u32)state_size, {0}};
    u32 end = FP_XSTATE_MAGIC2;
    if (copy_out(state, state_buffer, state_size) || copy_out(state + state_size, &end, 4) ||
        copy_out(rsp, &frame, sizeof frame))
        return false;
    ub_control.sig_blocked |= action->mask & ~UNBLOCKABLE;
    if (!(action->flags & SA_NODEFER))
        ub_control.sig_blocked |= BIT(number);
    r->rip = action->handler;
    r->rsp = rsp;
    r->rdi = (u64)number;
    r->rsi = rsp + offsetof(struct signal_frame, info);
    r->rdx = rsp + offsetof(struct signal_frame, uc);
    r->rax = 0;
    r->rflags &= ~0x500UL; /* direction and trap flags */
    if (action->flags & SA_RESETHAND) {
        action->handler = SIG_DFL;
        publish();
    }
    return true;
}

static bool is_restart(u64 result)
{
    return result == (u64)-ERESTARTSYS || result == (u64)-ERESTARTNOHAND ||
           result == (u64)-ERESTART_RESTARTBLOCK;
}

/* The registers make the system call again: the entry finds its return address in rcx. */
static void restart(struct ub_registers *r, long call, u64 entry)
{
    if (r->rax == (u64)-ERESTART_RESTARTBLOCK)
        wait_goes_on();
    r->rax = (u64)call;
    r->rip = entry;
}

/*
 * Stops the process if a stop signal without a handler is due. The signal stays pending until the monitor
 * takes it: SIGCONT discards it until the very moment of the stop.
 */
static bool stop_by_signal(void)
{
    u64 bits = signals_due();
    int number = bits ? __builtin_ctzl(bits) + 1 : 0;
    if (!number || !(STOPPING & BIT(number)) || actions[number].handler != SIG_DFL)
        return false;
    HC1(UB_HC_STOP, number);
    return true;
}

void signal_deliver(struct ub_registers *r, long interrupted, u64 entry)
{
    foresight_ends();
    for (;;) {
        ub_control.pending = 0;
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
        if (stop_by_signal())
            continue;
        struct siginfo info;
        if (!signal_take(~ub_control.sig_blocked, &info))
            break;
        int number = info.signo;
        struct kernel_sigaction *action = &actions[number];
        if (action->handler == SIG_IGN || (action->handler == SIG_DFL && (IGNORED_BY_DEFAULT & BIT(number))))
            continue;
        if (action->handler == SIG_DFL)
            process_exit(process_killed(number));
        if (interrupted >= 0 && is_restart(r->rax)) {
            if (r->rax == (u64)-ERESTARTSYS && (action->flags & SA_RESTART))
                restart(r, interrupted, entry);
            else
                r->rax = (u64)-EINTR;
        }
        interrupted = -1;
        if (!push_frame(r, number, &info, 0))
            process_exit(SIGSEGV);
    }
    if (interrupted >= 0 && is_restart(r->rax))
        restart(r, interrupted, entry);
    if (mask_to_restore) {
        mask_to_restore = false;
        ub_control.sig_blocked = mask_after_delivery;
        if (signals_due())
            ub_control.pending = 1;
    }
}

/* A fault of the program: its handler if it has one, else the end. */
void signal_fault(struct trap_frame *frame, int number, int code, u64 address)
{
    struct siginfo info;
    memset(&info, 0, sizeof info);
    info.signo = number;
    info.code = code;
    info.fault.address = address;
    u64 handler = actions[number].handler;
    if (handler == SIG_DFL || handler == SIG_IGN || (ub_control.sig_blocked & BIT(number)) ||
        !push_frame(&frame->registers, number, &info, frame))
        process_crash(frame, number);
}

long sys_rt_sigaction(u64 number, u64 new, u64 old, u64 size)
{
    struct kernel_sigaction action;
    if (number < 1 || number >= UB_SIGNALS || size != 8 || (new && (UNBLOCKABLE & BIT(number))))
        return -EINVAL;
    if (new &&copy_in(&action, new, sizeof action))
        return -EFAULT;
    if (old && copy_out(old, &actions[number], sizeof action))
        return -EFAULT;
    if (new) {
        action.mask &= ~UNBLOCKABLE;
        action.flags &= SA_KNOWN; /* so that programs find out what there is */
        actions[number] = action;
        publish();
        if ((ub_control.sig_ignored & BIT(number)))
            __atomic_fetch_and(&ub_control.sig_pending, ~BIT(number), __ATOMIC_SEQ_CST);
    }
    return 0;
}

long sys_rt_sigprocmask(u64 how, u64 new, u64 old, u64 size)
{
    u64 set, before = ub_control.sig_blocked;
    if (size != 8)
        return -EINVAL;
    if (new) {
        if (copy_in(&set, new, 8))
            return -EFAULT;
        if (how == SIG_BLOCK)
            set = before | set;
        else if (how == SIG_UNBLOCK)
            set = before & ~set;
        else if (how != SIG_SETMASK)
            return -EINVAL;
        signal_exchange_mask(set);
    }
    return old ? copy_out(old, &before, 8) : 0;
}

long sys_rt_sigpending(u64 user, u64 size)
{
    u64 bits = ub_control.sig_pending & ub_control.sig_blocked;
    return size > 8 ? -EINVAL : copy_out(user, &bits, size);
}

long sys_rt_sigsuspend(u64 user, u64 size)
{
    u64 mask;
    if (size != 8)
        return -EINVAL;
    if (copy_in(&mask, user, 8))
        return -EFAULT;
    u64 old = signal_exchange_mask(mask);
    for (;;) {
        u64 ticket = __atomic_load_n(&ub_control.unpark_seq, __ATOMIC_SEQ_CST);
        if (signal_waiting())
            break;
        park(ticket, 0, 0);
    }
    signal_restore_after_delivery(old);
    return -ERESTARTNOHAND;
}

/* sigwait and its kin: takes one of the set, which the caller has blocked. */
long sys_rt_sigtimedwait(u64 user, u64 information, u64 timeout, u64 size)
{
    u64 set, deadline = 0, ns;
    if (size != 8)
        return -EINVAL;
    if (copy_in(&set, user, 8))
        return -EFAULT;
    set &= ~UNBLOCKABLE;
    if (timeout) {
        long result = time_from_user(timeout, &ns);
        if (result)
            return result;
        deadline = clock_monotonic() + ns;
    }
    for (;;) {
        u64 ticket = __atomic_load_n(&ub_control.unpark_seq, __ATOMIC_SEQ_CST);
        struct siginfo info;
        if (signal_take(set, &info))
            return information && copy_out(information, &info, sizeof info) ? -EFAULT : info.signo;
        if (signal_waiting())
            return -EINTR;
        if (timeout && clock_monotonic() >= deadline)
            return -EAGAIN;
        park(ticket, deadline, 0);
    }
}

long sys_sigaltstack(u64 new, u64 old)
{
    struct sigaltstack stack, before = alternate;
    bool active = on_alternate(syscall_frame.rsp);
    if (new &&copy_in(&stack, new, sizeof stack))
        return -EFAULT;
    if (active)
        before.flags |= SS_ONSTACK;
    if (new) {
        if (active)
            return -EPERM;
        int mode = stack.flags & ~(int)SS_AUTODISARM;
        if (mode != 0 && mode != SS_DISABLE && mode != SS_ONSTACK)
            return -EINVAL;
        if (mode == SS_DISABLE)
            stack = (struct sigaltstack){0, SS_DISABLE, 0, 0};
        else if (stack.size < MINSIGSTKSZ)
            return -ENOMEM;
        else
            stack.flags = 0;
        alternate = stack;
    }
    return old ? copy_out(old, &before, sizeof before) : 0;
}

/* The way back from a handler: the frame holds everything; leaves through the register set it returns. */
struct ub_registers *signal_return(struct ub_registers *r)
{
    SCRATCH static struct signal_frame frame;
    if (copy_in(&frame, syscall_frame.rsp - 8, sizeof frame))
        process_exit(SIGSEGV);
    struct sigcontext *c = &frame.uc.context;
    ub_control.sig_blocked = frame.uc.mask & ~UNBLOCKABLE;
    ub_control.pending = 1;
    if (c->fpstate) {
        if (copy_in(state_buffer, c->fpstate, ub_system.xsave_size))
            process_exit(SIGSEGV);
        memset(state_buffer + 464, 0, 48);
        *(u64 *)(state_buffer + 512) &= 0xe7;
        memset(state_buffer + 520, 0, 56);     /* reserved header bytes must be zero or xrstor faults */
        *(u32 *)(state_buffer + 24) &= 0xffff; /* so must reserved bits of MXCSR */
        __asm__ volatile("xrstor64 %0" : : "m"(*(u8(*)[4096])state_buffer), "a"(-1), "d"(-1) : "memory");
    }
    *r = (struct ub_registers){.rax = c->rax,
                               .rbx = c->rbx,
                               .rcx = c->rcx,
                               .rdx = c->rdx,
                               .rsi = c->rsi,
                               .rdi = c->rdi,
                               .rbp = c->rbp,
                               .rsp = c->rsp,
                               .r8 = c->r8,
                               .r9 = c->r9,
                               .r10 = c->r10,
                               .r11 = c->r11,
                               .r12 = c->r12,
                               .r13 = c->r13,
                               .r14 = c->r14,
                               .r15 = c->r15,
                               .rip = c->rip,
                               .rflags = (c->rflags & 0x244dd5) | 0x3202};
    return r;
}
