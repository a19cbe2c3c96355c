/*
 * The seccomp filter. A system call of the host is allowed from the gate only, and only these; every other one, from
 * anywhere, is a trap that the library OS answers. A guest can get at all of them with arguments of its choice, so each must be
 * harmless by itself: it reaches nothing but this process's own memory, threads and descriptors, and those were all given to it.
 */
#include "sandbox.h"

struct instruction {
    u16 code;
    u8 if_true, if_false;
    u32 k;
};
#define LOAD(field) {0x20, 0, 0, (u32)(field)} /* a word of struct seccomp_data */
#define AND(value) {0x54, 0, 0, (u32)(value)}
#define RETURN(value) {0x06, 0, 0, value}
#define EQUAL(value, yes, no) {0x15, yes, no, (u32)(value)} /* jumps by the index of an instruction */
#define AT_LEAST(value, yes, no) {0x35, yes, no, (u32)(value)}
#define NEXT 255
#define AUDIT_X86_64 0xc000003e
enum { DATA_NR = 0, DATA_ARCH = 4, DATA_IP = 8, DATA_ARGUMENTS = 16 };
#define ARGUMENT(n) (DATA_ARGUMENTS + 8 * (n)) /* its lower half */
enum { FIRST_CALL = 8, RECVMSG = 17, MMAP = 19, FUTEX = 22, ALLOW = 25, TRAP = 26 };

_Static_assert(RECVMSG - FIRST_CALL == UB_SANDBOX_CALLS, "what doctor and reports say");

void filter_install(void)
{
    u64 start = (u64)gate_start, end = (u64)gate_end;
    struct instruction filter[] = {
        LOAD(DATA_ARCH),
        EQUAL(AUDIT_X86_64, NEXT, TRAP),
        LOAD(DATA_IP + 4),
        EQUAL(start >> 32, NEXT, TRAP),
        LOAD(DATA_IP),
        AT_LEAST(start, NEXT, TRAP),
        AT_LEAST(end, TRAP, NEXT),
        LOAD(DATA_NR),
        [FIRST_CALL] = EQUAL(NR_futex, FUTEX, NEXT),
        EQUAL(NR_mmap, MMAP, NEXT),
        EQUAL(NR_recvmsg, RECVMSG, NEXT),
        EQUAL(NR_munmap, ALLOW, NEXT),
        EQUAL(NR_mprotect, ALLOW, NEXT),
        EQUAL(NR_close, ALLOW, NEXT),
        EQUAL(NR_rt_sigreturn, ALLOW, NEXT),
        EQUAL(NR_restart_syscall, ALLOW, NEXT),
        EQUAL(NR_exit_group, ALLOW, TRAP),
        [RECVMSG] = LOAD(ARGUMENT(0)), /* of the machine's socket */
        EQUAL(UB_SANDBOX_SOCKET, ALLOW, TRAP),
        [MMAP] = LOAD(ARGUMENT(3)), /* shared, at a fixed place, of a descriptor */
        AND(~(u32)HOST_MAP_POPULATE),
        EQUAL(HOST_MAP_SHARED | HOST_MAP_FIXED, ALLOW, TRAP),
        [FUTEX] = LOAD(ARGUMENT(1)), /* sleeping until a point of time, and waking */
        EQUAL(FUTEX_WAIT_BITSET, ALLOW, NEXT),
        EQUAL(FUTEX_WAKE, ALLOW, TRAP),
        [ALLOW] = RETURN(0x7fff0000),
        [TRAP] = RETURN(0x00030000),
    };
    const u32 count = sizeof filter / sizeof *filter;
    for (u32 i = 0; i < count; i++)
        if ((filter[i].code & 7) == 5) {
            filter[i].if_true = filter[i].if_true == NEXT ? 0 : (u8)(filter[i].if_true - i - 1);
            filter[i].if_false = filter[i].if_false == NEXT ? 0 : (u8)(filter[i].if_false - i - 1);
        }
    struct {
        u64 length;
        struct instruction *first;
    } program = {count, filter};
    enum { NO_NEW_PRIVILEGES = 38, SET_MODE_FILTER = 1, SPEC_ALLOW = 4 };
    if (gate_call(NR_prctl, NO_NEW_PRIVILEGES, 1, 0, 0, 0, 0) < 0 ||
        gate_call(NR_seccomp, SET_MODE_FILTER, SPEC_ALLOW, (u64)&program, 0, 0, 0) < 0)
        sandbox_fail(92);
}
