/*
 * Answers that came along with another: what the monitor knows anyhow, or what processes of this program asked next the last
 * time. They are good for the calls that follow at once, for a moment, and only while the process can hear of nothing in between: no other
 * call, no signal, no memory that it shares. So each is an answer that the process could have got just so, had it run a little faster.
 *
 * The next call is noticed by a table of calls of its own, so this costs other calls nothing.
 */
#include "libos.h"

#define GOOD_FOR_NS 100000
#define MOST_AREAS 256 /* to look through: with more nothing is foreseen */

static struct {
    u64 until;      /* ns; later the host's files may be others by now */
    u32 next, left; /* answers on paths: the first's offset in the bounce buffer, how many */
    u32 used;       /* of those that came with the last answer */
    u32 described;  /* 1 + handle of the file whose status is in the bounce buffer; 0: none */
    u32 ended;      /* 1 + handle of the file that was just read to its end; 0: none */
    bool follows;   /* the call that is being served follows at once */
} known;

static bool shares_memory(void)
{
    for (u32 i = 0; i < area_count; i++)
        if (areas[i].flags & UB_AREA_SHARED)
            return true;
    return false;
}

/* Calls that answers can be known for, or that leave what is known as it is. They all return. */
static bool may_know(u64 number)
{
    return number <= NR_lstat ? number != NR_write
                              : number == NR_access || number == NR_readlink || number == NR_openat ||
                                    number == NR_newfstatat || number == NR_readlinkat ||
                                    number == NR_faccessat || number == NR_faccessat2;
}

static long next_call(u64 a, u64 b, u64 c, u64 d, u64 e, u64 f)
{
    u64 number = current_syscall;
    active_table = whole_table;
    known.follows = may_know(number) && clock_monotonic() < known.until;
    long result = whole_table[number](a, b, c, d, e, f);
    known.follows = false;
    return result;
}

static syscall_function *const next_table[UB_SYSCALL_LIMIT] = {[0 ... UB_SYSCALL_LIMIT - 1] = next_call};

/* The next call is looked at; not while calls are traced, which is an exit for each. */
static void look_at_next(void)
{
    if (active_table == whole_table && area_count <= MOST_AREAS && !shares_memory())
        active_table = next_table;
}

void foresight_ends(void)
{
    if (active_table == next_table)
        active_table = whole_table;
}

void foresight_lasts(void)
{
    if (known.follows)
        look_at_next();
}

static void begin(u32 described, u32 ended, u32 answers)
{
    known.next = UB_PATH_AHEAD;
    known.left = answers;
    known.used = 0;
    known.described = described;
    known.ended = ended;
    known.until = clock_monotonic() + GOOD_FOR_NS;
    look_at_next();
}

static bool is_text(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}

/* A question on the path in the bounce buffer, for which an answer may be there. data: what belongs to the answer. */
long path_ask(u64 call, u64 handle, u64 a, u64 b, const void **data)
{
    const struct ub_answer *answer = (const struct ub_answer *)(ub_bounce + known.next);
    if (known.follows && known.left && (handle == UB_CWD || *ub_bounce == '/') && answer->call == call &&
        answer->a == a && answer->b == b && is_text((const char *)ub_bounce, answer->path)) {
        *data = answer->path + answer->path_bytes;
        known.next += (u32)sizeof *answer + answer->path_bytes + answer->data_bytes;
        known.left--;
        known.used++;
        look_at_next();
        return answer->result;
    }
    ub_control.foreseen_used = known.follows ? known.used | UB_FORESEEN_AT_ONCE : 0;
    long result =
        call == NR_openat ? HC3(UB_HC_OPEN, handle, a, b) : hypercall(UB_HC_PATH, call, handle, a, b, 0, 0);
    u32 foreseen = ub_control.foreseen;
    *data = ub_bounce + UB_PATH_DATA;
    begin(foreseen & UB_FORESEEN_STATUS ? 1 + ((u32)result & ~(u32)UB_OPEN_REGULAR) : 0, 0,
          foreseen & ~UB_FORESEEN_STATUS);
    return result;
}

/* The status of an open file, if it is known. */
const struct stat *status_known(u32 handle)
{
    return known.follows && known.described == 1 + handle ? (const struct stat *)(ub_bounce + UB_PATH_DATA)
                                                          : 0;
}

/* The file was read to its end. */
void end_seen(u32 handle)
{
    begin(0, 1 + handle, 0);
}

bool end_known(u32 handle)
{
    if (!known.follows || known.ended != 1 + handle)
        return false;
    look_at_next();
    return true;
}
