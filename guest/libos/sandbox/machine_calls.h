/* A hypercall is a message to the monitor's thread of this process: gate.S. */
long hypercall(long number, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f);
