/* A hypercall is a message to the monitor's thread of this process: hypercall.S. */
long hypercall(long number, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f);

#define RING_WAITS UB_WAITS_HERE

static inline int asleep_here(void)
{
    int asleep = __atomic_load_n(&((const struct ub_family *)UB_FAMILY)->asleep, __ATOMIC_RELAXED);
    return asleep > 0 ? asleep : 0;
}
