/* A hypercall is an exit of the VM. */
static inline long hypercall(long number, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f)
{
    register u64 r10 __asm__("r10") = d;
    register u64 r8 __asm__("r8") = e;
    register u64 r9 __asm__("r9") = f;
    long result;
    __asm__ volatile("out %%al, %1"
                     : "=a"(result)
                     : "i"(UB_PORT), "0"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "memory");
    return result;
}

#define RING_WAITS UB_WAITS_IN_MONITOR

static inline int asleep_here(void)
{
    return 0;
}
