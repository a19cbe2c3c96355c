/* Messages between this process and its thread of the monitor, and what the monitor orders with its answers. */
#include "sandbox.h"

_Static_assert(sizeof(struct ub_sandbox) <= UB_SANDBOX_BYTES - 2 * UB_SANDBOX_STACK, "two stacks are behind it");

#define DESCRIPTORS_A_MESSAGE 64
#define SPIN_TRIAL 64
#define SPIN_LOSSES 7

void sandbox_fail(int status)
{
    for (;;)
        gate_call(NR_exit_group, (u64)status, 0, 0, 0, 0, 0);
}

/* Descriptors that came with the orders and were not used yet. */
struct received {
    u32 count, used;
    int descriptors[DESCRIPTORS_A_MESSAGE];
};

static int next_descriptor(struct received *from)
{
    struct {
        u64 length;
        u32 level, type;
        int descriptors[DESCRIPTORS_A_MESSAGE];
    } control;
    u8 byte;
    struct {
        void *base;
        u64 bytes;
    } vector = {&byte, 1};
    struct {
        void *name;
        u64 name_bytes;
        void *vectors;
        u64 vector_count;
        void *control;
        u64 control_bytes;
        u64 flags;
    } message = {0, 0, &vector, 1, &control, sizeof control, 0};
    if (from->used == from->count) {
        if (gate_call(NR_recvmsg, UB_SANDBOX_SOCKET, (u64)&message, 0, 0, 0, 0) != 1)
            sandbox_fail(97);
        from->count = (u32)(control.length - 16) / 4;
        from->used = 0;
        memcpy(from->descriptors, control.descriptors, from->count * 4);
    }
    return from->descriptors[from->used++];
}

/* Where all of a slot is seen, whatever the page tables say; 0: only through them. */
static u64 window_of(const struct ub_slot *slot)
{
    if (slot->address >= UB_GPA_WINDOW)
        return UB_WINDOW + (slot->address - UB_GPA_WINDOW);
    return slot->address < UB_GPA_LIBOS ? UB_DIRECT_MAP + slot->address : 0;
}

static void hide(struct ub_slot *slot)
{
    u64 window = window_of(slot);
    if (!slot->bytes)
        return;
    if (window)
        gate_call(NR_munmap, window, slot->bytes, 0, 0, 0, 0);
    if (slot->descriptor != UB_SANDBOX_MEMORY)
        gate_call(NR_close, (u64)slot->descriptor, 0, 0, 0, 0, 0);
    slot->bytes = 0;
}

static void show(const struct ub_order *order, struct received *received)
{
    struct ub_slot *slot = &ub_sandbox.slots[order->slot];
    bool is_own = order->kind == UB_ORDER_SHOW_OWN;
    hide(slot);
    *slot = (struct ub_slot){order->address, order->bytes, order->offset,
                             is_own ? UB_SANDBOX_MEMORY : next_descriptor(received), (u32)order->writable};
    u64 window = window_of(slot);
    if (window && gate_call(NR_mmap, window, slot->bytes, order->writable ? PROT_READ | PROT_WRITE : PROT_READ,
                            HOST_MAP_SHARED | HOST_MAP_FIXED, (u64)slot->descriptor, slot->offset) < 0)
        sandbox_fail(96);
}

long sandbox_unmap(u64 start, u64 end)
{
    for (u32 i = 0; i < UB_SANDBOX_PIECES; i++) {
        u64 piece = ub_sandbox.pieces[i] * UB_LARGE_PAGE;
        if (piece >= start && piece + UB_LARGE_PAGE <= end)
            ub_sandbox.pieces[i] = 0;
    }
    return gate_call(NR_munmap, start, end - start, 0, 0, 0, 0);
}

static void carry_out_orders(void)
{
    struct received received = {0};
    u32 count = ub_sandbox.order_count;
    for (u32 i = 0; i < count && i < UB_SANDBOX_ORDERS; i++) {
        const struct ub_order *order = &ub_sandbox.orders[i];
        if (order->kind == UB_ORDER_SHOW || order->kind == UB_ORDER_SHOW_OWN)
            show(order, &received);
        else if (order->kind == UB_ORDER_HIDE)
            hide(&ub_sandbox.slots[order->slot]);
        else
            sandbox_unmap(order->address, order->address + order->bytes);
    }
    ub_sandbox.order_count = 0;
}

static void pass_turn(void)
{
    __atomic_store_n(&ub_sandbox.turn, ub_sandbox.turn + 1, __ATOMIC_SEQ_CST);
    if (__atomic_exchange_n(&ub_sandbox.monitor_waits, 0, __ATOMIC_SEQ_CST))
        gate_call(NR_futex, (u64)&ub_sandbox.monitor_waits, FUTEX_WAKE, 1, 0, 0, 0);
}

/* Calls that are mostly answered at once; the others sleep in the monitor, or never come back. */
static bool is_quick(u64 number)
{
    return number != UB_HC_EXIT && number != UB_HC_CRASH && number != UB_HC_WAIT && number != UB_HC_PARK && number != UB_HC_FUTEX_WAIT &&
           number != UB_HC_STOP && number < UB_HC_COUNT;
}

/* The monitor's thread may be answering on another core: two switches are spared if that does not take longer than they. */
static void spin_for_answer(void)
{
    static struct spinner spinner;
    if (!is_quick(ub_sandbox.call[0]) || !core_idle())
        return;
    u64 start = read_tsc(), limit = ub_system.spin_tsc >> (++spinner.waits % SPIN_TRIAL ? spinner.losses : 0);
    do {
        if (!(__atomic_load_n(&ub_sandbox.turn, __ATOMIC_ACQUIRE) & 1)) {
            spinner.losses -= spinner.losses > 0;
            return;
        }
        pause_cpu();
    } while (read_tsc() - start < limit && core_idle());
    spinner.losses += spinner.losses < SPIN_LOSSES;
}

static void await_turn(void)
{
    u32 turn;
    while ((turn = __atomic_load_n(&ub_sandbox.turn, __ATOMIC_ACQUIRE)) & 1) {
        __atomic_store_n(&ub_sandbox.guest_waits, 1, __ATOMIC_SEQ_CST);
        if (__atomic_load_n(&ub_sandbox.turn, __ATOMIC_SEQ_CST) == turn)
            gate_call(NR_futex, (u64)&ub_sandbox.turn, FUTEX_WAIT_BITSET, turn, 0, 0, ~0UL);
        __atomic_store_n(&ub_sandbox.guest_waits, 0, __ATOMIC_RELAXED);
    }
}

/* What the monitor answers, after what it ordered is done. */
static long take_answer(void)
{
    for (;;) {
        await_turn();
        carry_out_orders();
        if (__atomic_load_n(&ub_sandbox.stop, __ATOMIC_SEQ_CST)) /* the kick came while this stack was in use */
            ub_sandbox.call[0] = UB_CALL_STOPPED;
        else if (!ub_sandbox.again)
            break;
        ub_sandbox.again = 0;
        pass_turn();
    }
    u64 rip = ub_sandbox.start_rip;
    if (rip) {
        ub_sandbox.start_rip = 0;
        sandbox_go(rip, ub_sandbox.start_rsp);
    }
    return ub_sandbox.result;
}

/* hypercall.S has put the call into ub_sandbox and changed to the machine's own stack. */
long sandbox_exchange(void);
long sandbox_exchange(void)
{
    pass_turn();
    spin_for_answer();
    return take_answer();
}

/* Wherever the process was, it does not come back there. On the machine's own stack. */
void sandbox_stopped(void)
{
    ub_sandbox.call[0] = UB_CALL_STOPPED;
    pass_turn();
    sandbox_wait();
}

void sandbox_wait(void)
{
    take_answer();
    sandbox_fail(95); /* the first answer says where to start */
}
