/*
 * fuzz SEED CHILDREN CALLS: that many children, some side by side, each with a seed of its own: hypercalls in
 * random order with arguments that are valid, at a boundary or random, and between them writes into the
 * control page, ring headers, page tables, the library OS's data and the sandbox's mailbox. The parent ends
 * children that hang, as a program may.
 */
#include "hypercall.h"
#include <mqueue.h>
#include <sched.h>
#include <setjmp.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>

#define ABREAST 4
#define MOST_MS 100    /* of a child's life */
#define MOST_FAULTS 40 /* that a child survives */
#define SLOTS_TRIED 24

static uint64_t state;
static int visible[SLOTS_TRIED], visible_count;
static sigjmp_buf again;
static char *shared_file;

static uint64_t draw(void) /* splitmix64 */
{
    uint64_t z = (state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static uint64_t below(uint64_t n)
{
    return draw() % n;
}

static int once_in(uint64_t n)
{
    return below(n) == 0;
}

static uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static uint64_t address(void)
{
    static const uint64_t bases[] = {0,
                                     UB_PROGRAM_BASE,
                                     UB_MMAP_LOW,
                                     UB_DIRECT_MAP,
                                     UB_WINDOW,
                                     UB_WINDOWS_END,
                                     UB_MMAP_HIGH,
                                     UB_STACK_TOP,
                                     UB_LIBOS_TEXT,
                                     UB_SYSTEM_PAGE,
                                     UB_LIBOS_PRIVATE,
                                     UB_LIBOS_PRIVATE + UB_BOUNCE_OFFSET,
                                     UB_LIBOS_TABLES,
                                     UB_SANDBOX,
                                     UB_GPA_WINDOW,
                                     UB_GPA_EXTENTS,
                                     UB_GPA_TEXT,
                                     UB_RAM_MAX};
    return bases[below(sizeof bases / sizeof *bases)] + (once_in(2) ? 0 : below(0x20000)) -
           (once_in(4) ? 1 : 0);
}

/* What breaks checks: powers of two and their neighbours, limits of the ABI, addresses. */
static uint64_t value(void)
{
    static const uint64_t limits[] = {UB_BOUNCE_SIZE,
                                      UB_WINDOW_SLOTS,
                                      UB_RING_CAPACITY,
                                      UB_RING_CAPACITY_MAX,
                                      UB_SEGMENT_BYTES,
                                      UB_PARK_MAX,
                                      UB_DESCRIPTORS,
                                      UB_EXTENTS,
                                      UB_TIMERS,
                                      UB_SIGNALS,
                                      UB_CWD,
                                      UB_PATH_DATA,
                                      4096};
    switch (below(8)) {
    case 0:
    case 1:
        return below(66);
    case 2:
        return -below(66);
    case 3:
        return (1UL << below(64)) + below(3) - 1;
    case 4:
        return -((1UL << below(64)) + below(3) - 1);
    case 5:
        return limits[below(sizeof limits / sizeof *limits)] + below(3) - 1;
    case 6:
        return address();
    default:
        return draw();
    }
}

static uint64_t slot(void)
{
    return visible_count && !once_in(4) ? (uint64_t)visible[below((uint64_t)visible_count)] : below(40);
}

static const int file_calls[] = {3,  5,  8,   17,  18,  44,  45,  48,  54,  55,  72,  73,  74,  77,  81,
                                 91, 93, 138, 217, 232, 233, 233, 255, 257, 267, 280, 285, 286, 287, 434,
                                 32, 42, 42,  49,  49,  50,  51,  52,  288, 288, 46,  46,  47,  47};
static const int path_calls[] = {76,  80,  137, 161, 254, 258, 259, 260, 262,
                                 263, 265, 266, 267, 268, 280, 316, 332, 439};
static const int make_calls[] = {41, 41, 53, 283, 290, 291, 294, 319, 434, 438};
static const int ipc_calls[] = {29, 30, 31, 64, 66, 67, 68, 69, 70, 71, 220, 240, 241, 242, 243, 244, 245};
static const int users_calls[] = {63,  170, 171, 302, 310, 311, 312, 105, 106, 113, 114, 115, 116, 117, 119,
                                  122, 123, 125, 126, 140, 141, 142, 144, 157, 251, 252, 314, 315, 122, 123};
#define ONE_OF(list) ((uint64_t)(list)[below(sizeof(list) / sizeof *(list))])

static uint64_t argument(char kind)
{
    static const uint64_t requests[] = {
        0x5401,     0x5402,     0x5403,     0x5404,     0x5409,     0x540a,     0x540b,
        0x540e,     0x540f,     0x5410,     0x5411,     0x5412,     0x5413,     0x5414,
        0x541b,     0x541d,     0x5421,     0x5422,     0x5429,     0x5451,     0x5452,
        0x5405,     0x5406,     0x540c,     0x5420,     0x5423,     0x5441,     0x8901,
        0x8902,     0x8912,     0x8914,     0x40046602, 0x40086602, 0x8004587d, 0x40086607,
        0xc0045878, 0x40045431, 0x40045436, 0x80045430, 0x80045438, 0x80045440, 0x402c542b};
    static const uint64_t options[] = {0, 1, 4, 5, 1 | 4, 8 | 4, 4 | 0x01000000, 1 | 2 | 4 | 8};
    if (once_in(kind == 't' ? 100 : 6))
        return value();
    switch (kind) {
    case 's':
        return slot();
    case 'S':
        return below(3);
    case 'h':
        return once_in(3) ? below(80) : below(24);
    case 'd':
        return once_in(2) ? UB_CWD : below(24);
    case 'p': /* not the parent, nor all, mostly: the family would end early */
        return once_in(1000) ? draw() % 5 - 2 : (uint64_t)getpid() + (getpid() > 8 ? below(7) - 4 : 0);
    case 'g':
        return once_in(3) ? 0 : below(66);
    case 'n':
        return once_in(2) ? below(256) : below(UB_BOUNCE_SIZE + 2);
    case 't':
        return once_in(2) ? 1 : now_ns() + below(200000);
    case 'a':
        return slot() * UB_SEGMENT_BYTES + (once_in(2) ? 0 : below(UB_SEGMENT_BYTES)) / 4 * 4;
    case 'z':
        return once_in(2) ? 0 : 1UL << below(24);
    case 'F':
        return ONE_OF(file_calls);
    case 'P':
        return ONE_OF(path_calls);
    case 'M':
        return ONE_OF(make_calls);
    case 'I':
        return ONE_OF(ipc_calls);
    case 'U':
        return ONE_OF(users_calls);
    case 'u': /* root, mostly: others can do less */
        return once_in(2) ? 0 : once_in(3) ? 65534 : below(48);
    case 'o':
        return below(4) | (once_in(2) ? 0x40 : 0) | (once_in(4) ? draw() & 0x7fffff : 0);
    case 'm':
        return once_in(2) ? 0644 : draw() & 07777;
    case 'w':
        return ONE_OF(options);
    case 'i':
        return ONE_OF(requests);
    case 'k': /* clock and signal of a timer */
        return below(66) | below(4) << 8;
    case 'q': /* IPC_NOWAIT, mostly: who waits tries nothing */
        return once_in(20) ? value() : value() | 0x800;
    case '.':
        return 0;
    default:
        return value();
    }
}

/* Weights, and which kind of argument each register takes. */
static const struct {
    short number, weight;
    const char *kinds;
} calls[] = {
    {UB_HC_EXIT, 1, "v"},           {UB_HC_FORK, 1, "v"},
    {UB_HC_EXEC, 2, "v"},           {UB_HC_WAIT, 30, "vpw"},
    {UB_HC_KILL, 30, "pg.vv"},      {UB_HC_SIGNAL_NEXT, 40, "g"},
    {UB_HC_PIPE_CREATE, 30, ""},    {UB_HC_PIPE_HOLD, 60, "sS"},
    {UB_HC_PIPE_CLOSE, 10, "sS"},   {UB_HC_PIPE_WAKE, 80, "sS"},
    {UB_HC_PIPE_RESIZE, 50, "sz"},  {UB_HC_SHARE, 20, "S"},
    {UB_HC_SEGMENT_CLOSE, 10, "s"}, {UB_HC_MAP, 80, "dznv"},
    {UB_HC_FUTEX_WAIT, 30, "avtv"}, {UB_HC_FUTEX_WAKE, 60, "aSSva"},
    {UB_HC_PARK, 50, "vtSS"},       {UB_HC_YIELD, 40, "s"},
    {UB_HC_OPEN, 120, "dom"},       {UB_HC_PATH, 200, "Pdmvv"},
    {UB_HC_FILE, 300, "Fhnvv"},     {UB_HC_MAKE, 50, "MSSS"},
    {UB_HC_HOST_READ, 10, "hn"},    {UB_HC_HOST_WRITE, 60, "hn"},
    {UB_HC_HOST_IOCTL, 60, "hiv"},  {UB_HC_HOST_CLOSE, 30, "h"},
    {UB_HC_HOST_FLAGS, 40, "hv"},   {UB_HC_GROW, 30, "z"},
    {UB_HC_EXTENT, 3, ""},          {UB_HC_EXTENT_CLOSE, 20, "S"},
    {UB_HC_RANDOM, 20, "n"},        {UB_HC_SETPGID, 30, "pp"},
    {UB_HC_GETPGID, 20, "p"},       {UB_HC_SETSID, 10, ""},
    {UB_HC_GETSID, 20, "p"},        {UB_HC_USAGE, 30, "v"},
    {UB_HC_STOP, 1, "g"},           {UB_HC_TRACE, 20, "vvv"},
    {UB_HC_CRASH, 1, "g"},          {UB_HC_TIMER, 50, "nzzkv"},
    {UB_HC_FINDING, 10, "v"},       {UB_HC_IPC, 200, "ISnvq"},
    {UB_HC_USERS, 60, "Uuuuv"},     {UB_HC_OWNER, 60, "hvv"},
    {UB_HC_FUTEX_WAITV, 20, "St"},  {UB_HC_COUNT, 1, "vvvvv"},
};

static void write_at(volatile void *at, uint64_t what, size_t bytes)
{
    volatile uint8_t *byte = at;
    for (size_t i = 0; i < bytes; i++)
        byte[i] = (uint8_t)(what >> (8 * (i % 8)));
}

static const char *path(void)
{
    static const char *const paths[] = {"/files/a",
                                        "/files/b",
                                        "/files/fifo",
                                        "/files/directory",
                                        "/files/directory/c",
                                        "/files/out",
                                        "/files/up/../../../etc/hostname",
                                        "/kept/file",
                                        "/kept/directory",
                                        "/kept/out",
                                        "/kept/fifo",
                                        "/dev/null",
                                        "/dev/zero",
                                        "/dev/tty",
                                        "/dev/ptmx",
                                        "/dev/pts/0",
                                        "/dev/pts/1",
                                        "/dev/shm/x",
                                        "/dev/fd/3",
                                        "/tmp/t",
                                        "/proc/self/fd",
                                        "/proc/self/fd/4",
                                        "/proc/self/exe",
                                        "/proc/self/cwd",
                                        "/proc/1/stat",
                                        "/proc/self/task",
                                        "/proc/self/smaps",
                                        "/proc/self/pagemap",
                                        "/proc/self/status",
                                        "/proc/self/cmdline",
                                        "/proc/self/comm",
                                        "/proc/self/oom_score_adj",
                                        "/proc/self/fdinfo/4",
                                        "/proc/self/fd/4/x",
                                        "/proc/2/fd/1",
                                        "/proc/sys/kernel/sem",
                                        "/proc/sysvipc/shm",
                                        "/sys/devices/system/cpu/cpu0/topology",
                                        "/proc/cpuinfo",
                                        "/proc",
                                        "/",
                                        "a",
                                        "b",
                                        ".",
                                        "..",
                                        "",
                                        "directory/../b",
                                        "/bin/fuzz",
                                        "/files/a/",
                                        "//files//a",
                                        "/q"};
    return paths[below(sizeof paths / sizeof *paths)];
}

static void put_path(uint32_t offset)
{
    const char *text = path();
    volatile uint8_t *to = BOUNCE + offset;
    size_t length = strlen(text) + 1;
    for (size_t i = 0; i < length; i++)
        to[i] = (uint8_t)text[i];
    if (once_in(30))
        for (uint32_t i = 0; i < 5000; i++)
            to[i] = once_in(9) ? '/' : 'x';
}

/* Changes of an epoll set. */
static void put_members(void)
{
    for (int i = 0; i < 3; i++) {
        struct ub_member member = {.operation = 1 + (uint32_t)below(5),
                                   .number = (uint32_t)below(5),
                                   .kind = 1 + (uint32_t)below(7),
                                   .slot = (uint32_t)slot(),
                                   .handle = (uint32_t)below(24),
                                   .events =
                                       once_in(4) ? (uint32_t)value() : 5u | (once_in(2) ? 1u << 31 : 0),
                                   .seen = value(),
                                   .mask = value()};
        for (size_t at = 0; at < sizeof member; at++)
            BOUNCE[sizeof member * i + at] = ((uint8_t *)&member)[at];
    }
}

/* An address of the Unix family, by path or name, or of an Internet family on the family's own loopback. */
static void put_socket_address(void)
{
    static const uint8_t loopback[] = {127, 0, 0, 1};
    struct ub_socket_address address = {.length = once_in(4) ? (uint32_t)value() : (uint32_t)(2 + below(30))};
    uint16_t family = once_in(2) ? 1 : once_in(2) ? 2 : (uint16_t)below(12);
    memcpy(address.address, &family, sizeof family);
    if (family == 1)
        strncpy((char *)address.address + 2 + below(2), path(), 20);
    else {
        address.address[2] = (uint8_t)below(3);
        address.address[3] = (uint8_t)below(20);
        memcpy(address.address + 4, loopback, sizeof loopback);
    }
    for (size_t at = 0; at < sizeof address; at++)
        BOUNCE[at] = ((uint8_t *)&address)[at];
}

static void fill_bounce(void)
{
    switch (below(8)) {
    case 4:
        put_socket_address();
        break;
    case 3:
        put_members();
        break;
    case 0:
        for (int i = 0; i < 8; i++)
            write_at(BOUNCE + 8 * i, (once_in(2) ? below(24) : value() & 0xffffffff) | draw() << 32, 8);
        break;
    case 1:
        for (int i = 0; i < 64; i++)
            write_at(BOUNCE + 8 * i, value(), 8);
        break;
    case 2:
        write_at(BOUNCE + below(UB_BOUNCE_SIZE - 8), value(), 8);
        break;
    default:
        put_path(0);
        put_path(UB_PATH_SECOND);
        for (int i = 0; i < 8; i++)
            write_at(BOUNCE + UB_PATH_DATA + 8 * i, value(), 8);
    }
}

static void exec_something(void)
{
    static struct {
        struct ub_exec header;
        char strings[256];
    } what;
    char seed[24];
    snprintf(seed, sizeof seed, "%lu", draw());
    const char *const strings[] = {once_in(4) ? path() : "/bin/fuzz",
                                   "fuzz",
                                   "leaf",
                                   seed,
                                   "30",
                                   getenv("HYPERCALL") ? getenv("HYPERCALL") - 10 : "A=b"};
    size_t used = 0;
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        memcpy(what.strings + used, strings[i], strlen(strings[i]) + 1);
        used += strlen(strings[i]) + 1;
    }
    what.header = (struct ub_exec){4, 1, (uint32_t)(sizeof what.header + used), 0};
    if (once_in(3))
        write_at((uint8_t *)&what + below(sizeof what.header), value(), 4);
    hypercall(UB_HC_EXEC, once_in(8) ? address() : (uint64_t)&what, UB_CWD, once_in(4) ? value() : 0, 0, 0);
}

static void call_something(void)
{
    static int total;
    if (total == 0)
        for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
            total += calls[i].weight;
    int drawn = (int)below((uint64_t)total);
    size_t at = 0;
    while (drawn >= calls[at].weight)
        drawn -= calls[at++].weight;
    uint64_t arguments[5] = {0};
    size_t kinds = strlen(calls[at].kinds);
    for (size_t i = 0; i < 5; i++)
        arguments[i] = i < kinds ? argument(calls[at].kinds[i]) : value();
    if (!once_in(3))
        fill_bounce();
    if (calls[at].number == UB_HC_EXEC && !once_in(4))
        exec_something();
    else
        hypercall(once_in(500) ? (long)value() : calls[at].number, arguments[0], arguments[1], arguments[2],
                  arguments[3], arguments[4]);
}

static void scribble_control(void)
{
    volatile struct ub_control *c = CONTROL;
    switch (below(6)) {
    case 0:
        c->deferred[below(UB_DEFERRED)] = (uint32_t)(once_in(3) ? value() : 1 + (slot() << 1 | below(2)));
        break;
    case 1:
        c->closes[below(UB_CLOSES)] = (uint32_t)(once_in(3) ? value() : 1 + (slot() << 1 | below(2))) |
                                      (once_in(3) ? UB_CLOSE_UNSURE : 0);
        break;
    case 2:
        c->park_slots[below(4)] = (uint16_t)value();
        break;
    case 3:
        c->file_closes[below(UB_FILE_CLOSES)] = (uint32_t)(once_in(3) ? value() : 1 + below(16));
        break;
    case 4:
        c->foreseen_used = (uint32_t)(once_in(3) ? value() : below(20) | UB_FORESEEN_AT_ONCE);
        break;
    default:
        write_at((volatile uint8_t *)c + below(sizeof *c - 8), value(), 1UL << below(4));
    }
}

static void scribble_ring(void)
{
    if (!visible_count)
        return;
    uint64_t at = once_in(200) ? slot() : (uint64_t)visible[below((uint64_t)visible_count)];
    volatile struct ub_ring *ring = (volatile struct ub_ring *)(UB_WINDOW + at * UB_SEGMENT_BYTES);
    switch (below(8)) {
    case 0:
        ring->capacity = (uint32_t)value();
        break;
    case 1:
        ring->ends[below(2)] = (uint32_t)value();
        break;
    case 2:
        ring->writer_lock = once_in(2) ? 0 : (uint32_t)value();
        break;
    case 3:
        ring->reader_lock = once_in(2) ? 0 : (uint32_t)value();
        break;
    case 4:
        ring->waiting[below(2)] = (uint32_t)value();
        break;
    default:
        write_at((volatile uint8_t *)ring + below(sizeof *ring), value(), 1UL << below(4));
    }
}

static void scribble_tables(void)
{
    uint64_t base = once_in(4) ? UB_TABLES_OFFSET : CONTROL->tables_base;
    volatile uint64_t *table = (volatile uint64_t *)(UB_DIRECT_MAP + base + below(24) * UB_PAGE);
    uint64_t at = below(512);
    switch (below(4)) {
    case 0:
        table[at] ^= 1UL << below(64);
        break;
    case 1:
        table[at] = table[below(512)];
        break;
    case 2:
        table[at] = value();
        break;
    default: /* a page of anything at a place that is asked for next */
        table[at] = address() << 12 >> 12 | 7;
    }
}

static void scribble_sandbox(void)
{
    volatile struct ub_sandbox *sandbox = (volatile struct ub_sandbox *)UB_SANDBOX;
    if (!getenv("HYPERCALL"))
        return;
    if (once_in(3))
        write_at((volatile uint8_t *)sandbox + below(offsetof(struct ub_sandbox, slots)), value(), 4);
    else if (once_in(2))
        write_at((volatile uint8_t *)&sandbox->slots[below(64)] + below(sizeof(struct ub_slot)), value(), 8);
    else
        write_at((volatile uint8_t *)&sandbox->orders[below(8)] + below(sizeof(struct ub_order)), value(), 8);
}

typedef long gate(long, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t);

static gate *gate_of_host(void)
{
    uint64_t at = *(volatile uint64_t *)(UB_LIBOS_TEXT + offsetof(struct ub_libos_header, gate));
    gate *found;
    memcpy(&found, &at, sizeof found);
    return found;
}

/* System calls of the host through the sandbox's gate, among them those that its filter lets through. */
static void call_host(void)
{
    static const long numbers[] = {3, 9, 10, 11, 15, 47, 202, 219, 231, 1, 39, 62, 56, 101, 2};
    if (getenv("HYPERCALL"))
        gate_of_host()(once_in(4) ? (long)below(460) : numbers[below(sizeof numbers / sizeof *numbers)],
                       value(), value(), once_in(2) ? below(8) : value(), once_in(2) ? 0x11 : value(),
                       below(8), value() & ~0xfffUL);
}

/* Gives the turn away and writes on, where the monitor takes the call to be at rest. */
static void run_ahead(void)
{
    volatile struct ub_sandbox *sandbox = (volatile struct ub_sandbox *)UB_SANDBOX;
    if (!getenv("HYPERCALL"))
        return;
    size_t at = below(sizeof calls / sizeof *calls), kinds = strlen(calls[at].kinds);
    fill_bounce();
    sandbox->call[0] = (uint64_t)calls[at].number;
    for (size_t i = 0; i < 5; i++)
        sandbox->call[1 + i] = i < kinds ? argument(calls[at].kinds[i]) : value();
    uint32_t turn = __atomic_add_fetch(&sandbox->turn, 1, __ATOMIC_SEQ_CST);
    if (sandbox->monitor_waits)
        gate_of_host()(SYS_futex, (uint64_t)&sandbox->turn, 1, 1, 0, 0, 0);
    for (int i = 0; i < 2000 && sandbox->turn == turn; i++)
        once_in(4)   ? scribble_control()
        : once_in(3) ? (void)(sandbox->call[below(7)] = value())
                     : fill_bounce();
}

static void honest(void)
{
    static char bytes[70000];
    int fd = (int)below(24);
    switch (below(10)) {
    case 0:
        (void)!write(fd, bytes, below(sizeof bytes));
        break;
    case 1:
        (void)!read(fd, bytes, below(sizeof bytes));
        break;
    case 2: {
        uint64_t bytes_wanted = 1UL << (12 + below(12));
        char *at = mmap(NULL, bytes_wanted, PROT_READ | PROT_WRITE,
                        once_in(2) ? MAP_SHARED | MAP_ANONYMOUS : MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (at != MAP_FAILED)
            at[below(bytes_wanted)] = 1;
        break;
    }
    case 3:
        (void)!ftruncate(fd, (off_t)below(20000));
        break;
    case 4:
        if (shared_file && once_in(16)) /* where it was cut off, that is the end */
            shared_file[below(8192)] = 1;
        break;
    case 5: /* from here there are two of it */
        if (once_in(4) && fork() == 0)
            state ^= 0x5555;
        break;
    case 6:
        dup2(fd, (int)below(24));
        break;
    case 7:
        close(fd);
        break;
    case 8: {
        int ends[2];
        (void)!pipe2(ends, O_NONBLOCK);
        break;
    }
    default:
        sched_yield();
    }
}

static void step(void)
{
    switch (below(64)) {
    case 0 ... 3:
        scribble_control();
        break;
    case 4 ... 8:
        scribble_ring();
        break;
    case 9:
        if (once_in(8))
            scribble_tables();
        break;
    case 10:
        if (once_in(8))
            write_at((volatile uint8_t *)UB_LIBOS_PRIVATE + below(UB_TABLES_OFFSET), value(), 8);
        break;
    case 11:
        if (once_in(16))
            write_at((volatile uint8_t *)UB_LIBOS_PRIVATE + UB_LIBOS_DATA_OFFSET + below(0x8000), value(), 8);
        break;
    case 12:
        if (once_in(4))
            scribble_sandbox();
        break;
    case 13:
        if (once_in(16))
            call_host();
        break;
    case 14:
        if (once_in(4))
            run_ahead();
        break;
    case 15 ... 16:
        honest();
        break;
    default:
        call_something();
    }
}

static void struck(int signal)
{
    (void)signal;
    siglongjmp(again, 1);
}

static void ignored(int signal)
{
    (void)signal;
}

static void take_signals(void)
{
    static char stack[32768];
    sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
    for (int number = 1; number < 32; number++) {
        int fault = number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE ||
                    number == SIGTRAP;
        struct sigaction action = {.sa_handler = fault        ? struck
                                                 : once_in(2) ? ignored
                                                              : SIG_IGN,
                                   .sa_flags = fault ? SA_ONSTACK | SA_NODEFER : 0};
        sigaction(number, &action, NULL);
    }
}

static void child(uint64_t seed, long count)
{
    static volatile long done;
    static volatile int faults;
    state = seed;
    take_signals();
    hypercall(UB_HC_TIMER, 0, MOST_MS * 1000000UL, 0, SIGKILL, 0);
    sigsetjmp(again, 0);
    if (faults++ < MOST_FAULTS)
        while (done < count) {
            done = done + 1;
            step();
        }
    hypercall(UB_HC_EXIT, 0, 0, 0, 0, 0);
}

/* Something of each kind, in the descriptors from 3 on. */
static void furnish(void)
{
    int ends[2];
    for (int i = 0; i < 3; i++)
        (void)!pipe2(ends, O_NONBLOCK);
    mkfifo("/files/fifo", 0600);
    open("/files/fifo", O_RDWR | O_NONBLOCK);
    (void)!socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends);
    int file = open("/files/a", O_CREAT | O_RDWR, 0644);
    (void)!ftruncate(file, 100000);
    shared_file = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    shared_file = shared_file == MAP_FAILED ? NULL : shared_file;
    mkdir("/files/directory", 0755);
    open("/files/directory", O_RDONLY | O_DIRECTORY);
    open("/kept/file", O_RDONLY);
    open("/dev/null", O_RDWR);
    open("/proc/self/stat", O_RDONLY);
    eventfd(3, EFD_NONBLOCK);
    timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    epoll_create1(0);
    (void)!ftruncate(memfd_create("m", 0), 8192);
    mq_open("/q", O_CREAT | O_RDWR | O_NONBLOCK, 0600, NULL);
    shmat(shmget(7, 8192, IPC_CREAT | 0600), NULL, 0);
    semget(7, 4, IPC_CREAT | 0600);
    msgget(7, IPC_CREAT | 0600);
    mmap(NULL, UB_SEGMENT_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

/* Those of pipes, which can be touched: what lies elsewhere in the window may end a process. */
static void find_slots(void)
{
    for (int number = 0; number < SLOTS_TRIED; number++)
        if (hypercall(UB_HC_PIPE_HOLD, (uint64_t)number, 0, 0, 0, 0) == 0)
            visible[visible_count++] = number;
}

int main(int argc, char **argv)
{
    if (argc > 3 && is(argv[1], "leaf")) {
        find_slots();
        child(strtoull(argv[2], NULL, 10), atol(argv[3]));
    }
    if (argc != 4)
        return 2;
    uint64_t seed = strtoull(argv[1], NULL, 10);
    long children = atol(argv[2]), count = atol(argv[3]), started = 0;
    struct {
        pid_t pid;
        uint64_t since;
    } alive[ABREAST] = {{0}};
    furnish();
    find_slots();
    static const uint64_t ignore[4] = {1}; /* SIG_IGN; libc keeps 32 and 33 to itself */
    for (int number = 1; number < UB_SIGNALS; number++)
        syscall(SYS_rt_sigaction, number, ignore, NULL, 8);
    signal(SIGCHLD, SIG_DFL);
    sigset_t ended;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ended, NULL);
    for (int busy = 1; busy || started < children;) {
        busy = 0;
        for (int i = 0; i < ABREAST; i++) {
            if (!alive[i].pid && started < children) {
                pid_t pid = fork();
                if (pid == 0)
                    child(seed * 1000003 + (uint64_t)started, count);
                if (pid < 0)
                    kill(-1, SIGKILL); /* strays */
                else
                    alive[i].pid = pid;
                alive[i].since = now_ns();
                started++;
            }
            if (alive[i].pid && now_ns() - alive[i].since > 2 * MOST_MS * 1000000UL)
                kill(alive[i].pid, SIGKILL);
            busy |= alive[i].pid != 0;
        }
        sigtimedwait(&ended, NULL, &(struct timespec){0, 5000000});
        if (started % 16 == 0)
            kill(-1, SIGKILL); /* and whom children have left */
        pid_t gone;
        while ((gone = waitpid(-1, NULL, WNOHANG)) > 0)
            for (int i = 0; i < ABREAST; i++)
                if (alive[i].pid == gone)
                    alive[i].pid = 0;
    }
    kill(-1, SIGKILL);
    return 0;
}
