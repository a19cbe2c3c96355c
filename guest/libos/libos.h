/*
 * What the parts of the library OS share. Everything runs at CPL 3 in the program's own address space.
 *
 * The declarations stand in the order of the files, bottom to top: a file calls those above its place here, never those below.
 * docs/architecture.md lists all files in that order, and a test holds it.
 */
#ifndef UNIBENCH_LIBOS_H
#define UNIBENCH_LIBOS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../abi/unibench_abi.h"
#include "linux_abi.h"

typedef uint64_t u64;
typedef uint32_t u32;
typedef uint16_t u16;
typedef uint8_t u8;

/* Placed by the linker script at the addresses of the ABI. */
extern struct ub_control ub_control;
extern struct ub_counters ub_counters;
extern struct ub_trap ub_trap;
extern u8 ub_bounce[UB_BOUNCE_SIZE];
extern const volatile struct ub_system ub_system;
extern const u8 libos_text_start[], libos_text_end[];

/* For large buffers that no system call needs after its end: fork does not copy them. */
#define SCRATCH __attribute__((section(".scratch,\"aw\",@nobits#")))

/* What the entry code keeps of an exception; vector 32 is an interruption by the monitor. */
struct trap_frame {
    struct ub_registers registers;
    u64 vector, error, address;
};
#define TRAP_PAGE_FAULT 14
#define TRAP_MONITOR 32

/* Internal results of system calls that a signal cut short; never seen by a program. */
#define ERESTARTSYS 512           /* again if every handler that ran has SA_RESTART, else EINTR */
#define ERESTARTNOHAND 514        /* again if no handler ran, else EINTR */
#define ERESTART_RESTARTBLOCK 516 /* as ERESTARTNOHAND, and the wait keeps its deadline */

#include "machine.h"

#define HC0(n) hypercall(n, 0, 0, 0, 0, 0, 0)
#define HC1(n, a) hypercall(n, (u64)(a), 0, 0, 0, 0, 0)
#define HC2(n, a, b) hypercall(n, (u64)(a), (u64)(b), 0, 0, 0, 0)
#define HC3(n, a, b, c) hypercall(n, (u64)(a), (u64)(b), (u64)(c), 0, 0, 0)

static inline u64 read_tsc(void)
{
    u32 low, high;
    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (u64)high << 32 | low;
}

static inline void pause_cpu(void)
{
    __asm__ volatile("pause" ::: "memory");
}

/* Whether it is this process that a number names, and what it may do. */
static inline bool has_capability(int number)
{
    return ub_control.capabilities >> number & 1;
}
static inline bool is_me(u64 pid)
{
    return pid == 0 || (u32)pid == ub_control.pid;
}

/* Who runs, and so who may spin. */
static inline int awake_now(void)
{
    return ub_system.runnable - asleep_here();
}

/* Somebody runs who could end a wait, and nobody needs this core. */
static inline bool spin_pays(void)
{
    int runnable = awake_now();
    return ub_system.spin_policy == UB_SPIN_ALWAYS ||
           (ub_system.spin_policy == UB_SPIN_AUTO && runnable > 1 && runnable <= (int)ub_system.cores);
}

/* Somebody who is not a process of the family could run now, too: the monitor answers there. */
static inline bool core_idle(void)
{
    return ub_system.spin_policy == UB_SPIN_ALWAYS ||
           (ub_system.spin_policy == UB_SPIN_AUTO && awake_now() < (int)ub_system.cores);
}

/* Who is awake has a core each. */
static inline bool cores_suffice(void)
{
    return awake_now() <= (int)ub_system.cores;
}

/* Data of the address space: a vfork parent gets them back with it. */
#define MEMORY_STATE __attribute__((section(".bss.memory_state,\"aw\",@nobits#")))

static inline u64 page_up(u64 value)
{
    return (value + UB_PAGE - 1) & ~(u64)(UB_PAGE - 1);
}

/* stacks.S */
/* What the entry code keeps of a system call, from the stack pointer up. */
struct syscall_frame {
    u64 r9, r8, r10, rdx, rsi, rdi, rip, rsp;
};
extern struct syscall_frame syscall_frame; /* stacks.S */
extern u8 trap_stack_top[];
#define XSAVED 0xe7 /* x87, SSE, AVX, AVX-512: what fits into xsave_area, whatever else the CPU has */

/* usercopy.S: copies that end with -EFAULT instead of a signal where program memory is not what it should be. */
long user_copy(void *to, const void *from, u64 bytes);
long user_length(const char *text, u64 limit); /* strnlen; -EFAULT */
static inline long copy_in(void *to, u64 from, u64 bytes)
{
    return user_copy(to, (const void *)from, bytes);
}
static inline long copy_out(u64 to, const void *from, u64 bytes)
{
    return user_copy((void *)to, from, bytes);
}
extern const u8 usercopy_start[], usercopy_end[], usercopy_fault[];

/* string.c */
void *memcpy(void *to, const void *from, size_t n);
void *memset(void *to, int value, size_t n);
void *memmove(void *to, const void *from, size_t n);

/* limits.c */
extern struct ub_rlimit limits[];

/* current.c: the call that is being served, and what serves it. */
typedef long syscall_function(u64, u64, u64, u64, u64, u64);
extern u64 current_syscall;
extern syscall_function *const *active_table; /* what the entry code calls through */
extern syscall_function *const *whole_table;  /* what it calls through when nobody looks on */

/* tables.c: page tables; all of them, and all frames, are reached through the direct map */
static inline void *direct(u64 frame)
{
    return (void *)(UB_DIRECT_MAP + frame);
}
/*
 * A frozen table that a child sees lies in memory that it may only read. Where the CPU walks the tables it
 * would write to them for all KVM knows, so there the monitor makes the child's entries not present: the CPU
 * meets no such table, and the first touch comes here, which reads it as data.
 */
static inline bool has_table(u64 entry)
{
    return entry & (UB_PTE_PRESENT | UB_PTE_FROZEN);
}
void zero_page(void *page);
u64 table_of_region(u64 left);
bool direct_map_extend(u64 start, u64 end);
u64 *directory_entry(u64 address, bool create);
void tables_visit(void (*visit)(u64 *slot, u64 address));
u64 page_peek(u64 address);

/* frames.c; frames are guest-physical addresses, 0: out of memory */
u64 frame_allocate(void);         /* for the program, zeroed */
u64 frame_take(bool *dirty);      /* the same, maybe with something in it */
u64 frame_of_extent(void);        /* zeroed */
u64 frame_allocate_private(void); /* for the library OS, zeroed, never shared */
void frame_free(u64 frame);
void frame_drop(u64 frame);
void frame_release(u64 frame);
bool frame_writable(u64 frame); /* nobody else has it */
bool frames_from_extents(void);
u64 frames_free(void);  /* how many more the process may have */
void frames_fall(void); /* some are about to be given back: notes how many are in use */
void frames_start(void);
void frames_reclaim(void);
void frames_forked(void);

/* pages.c: the entries of pages */
u64 *page_entry(u64 address, bool create); /* may be changed; 0: none, or out of memory */
void page_set(u64 address, u64 *entry, u64 value);
void tables_freeze(void);
bool unmap_frozen(u64 start);
bool private_page(u64 address); /* backs a page of our own tables, unless it is already */

/*
 * areas.c: what may be touched, and how. An area (struct ub_area) is anonymous memory, zero at first, or has
 * a backing: memory of the monitor that lies in slots of the window (a file, or memory that processes share).
 */
static struct ub_area *const areas = (struct ub_area *)UB_LIBOS_TABLES;
extern u64 area_count;
void areas_start(void);
bool area_add(struct ub_area area);
bool area_add_anonymous(u64 start, u64 end, u32 prot, u32 flags);
void area_delete(u64 index);
void area_merge(u64 index);
bool areas_split(u64 address);
bool areas_cover(u64 start, u64 end);
u64 find_hole(u64 bytes);
#define LOW_MEMORY 0x40000000UL
#define LOW_MEMORY_END 0x80000000UL
u64 find_low_hole(u64 bytes);
bool is_ours(u64 start, u64 end);

/* Index of the first area that ends above the address; area_count if there is none. */
static inline u64 area_after(u64 address)
{
    u64 low = 0, high = area_count;
    while (low < high) {
        u64 middle = (low + high) / 2;
        if (areas[middle].end > address)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* memory.c: the address space */
void memory_start(void);
void memory_forked(void);
void memory_frozen(void); /* a fork shares what lies in extents */
enum memory_verdict { MEMORY_REFUSED, MEMORY_RETRY, MEMORY_BEYOND_FILE, MEMORY_EXHAUSTED };
enum memory_verdict memory_fault(u64 address, u64 error);
u64 memory_shared(u64 address);
bool memory_mapped(u64 address);
bool memory_map(struct ub_area area);
bool memory_unmap(u64 start, u64 end);
void memory_discard(u64 start, u64 end); /* what is there goes, the areas stay */
bool memory_protect(const struct ub_area *area);
bool memory_move(u64 from, u64 to, u64 bytes);
long memory_advise_fork(u64 address, u64 end, u32 set, u32 clear);
void forget_slots(u64 at, u64 bytes);
long shared_memory(u64 bytes); /* zeroed, in the window: where it is there, or -errno */
void slots_shared(void);       /* others come to have what lies in our slots */

/* time.c */
u64 clock_monotonic(void);
void cpu_time_stands(void);
int timer_overrun(int timer);
void timers_forked(void);
void timers_exec(void);
void cpu_limit_changed(void);
long time_from_user(u64 user, u64 *ns); /* struct timespec; -EFAULT, -EINVAL */

/* pending.c */
#define BIT(n) (1UL << ((n)-1)) /* of a signal */
#define UNBLOCKABLE (BIT(SIGKILL) | BIT(SIGSTOP))
#define STOPPING (BIT(SIGSTOP) | BIT(SIGTSTP) | BIT(SIGTTIN) | BIT(SIGTTOU))
static inline u64 signals_due(void)
{
    return __atomic_load_n(&ub_control.sig_pending, __ATOMIC_SEQ_CST) & ~ub_control.sig_blocked;
}
bool signal_waiting(void); /* an unblocked signal is pending */
bool signal_pending(u64 mask);
bool signal_take(u64 mask, struct siginfo *info); /* a pending one of the mask, which is pending no more */
void signal_raise(int number, int code);
u64 signal_exchange_mask(u64 mask);

/* park.c */
long park(u64 ticket, u64 deadline_ns, u64 slots);
extern u32 calls_awake;    /* calls on pipes since this process last slept */
void going_to_sleep(void); /* what parks does so itself */
u64 deadline_after(u64 ns);
/* The deadline of a call that waits for some time: a fresh one, or what was left when a stop cut it short. */
u64 wait_deadline(u64 fresh);
long wait_interrupted(u64 deadline);
void wait_goes_on(void);

/* handover.c: how long to spin, and when to tell the monitor of a wake-up. */
struct spinner {
    u8 losses, waits;
};
extern struct spinner pipe_spinner;
u64 spin_limit(struct spinner *spinner); /* TSC ticks; 0: do not spin */
void spin_won(struct spinner *spinner);
void spin_lost(struct spinner *spinner);
bool wakes_left(void); /* some wake-ups wait for the next exit */
void handover_wake(u32 slot, u32 side, bool at_once);
void handover_blocks(void);
void handover_forked(void);

/* foresight.c */
long path_ask(u64 call, u64 handle, u64 a, u64 b, const void **data);
const struct stat *status_known(u32 handle);
void end_seen(u32 handle);
bool end_known(u32 handle);
void foresight_ends(void);  /* the process hears of something */
void foresight_lasts(void); /* the call that is being served changes nothing of what is known */

/* futex.c */
void robust_list_exit(void);
void robust_list_forget(void);

/* exit.c */
void process_exit(int word) __attribute__((noreturn));
/* The status word of who dies by a signal. */
#define CORE_DUMPED 0x80
int process_killed(int number);
void process_crash(struct trap_frame *frame, int signal) __attribute__((noreturn));

/* signal.c */
void signal_fault(struct trap_frame *frame, int number, int code, u64 address);
/* interrupted: call number or -1; entry: where calls are made */
void signal_deliver(struct ub_registers *registers, long interrupted, u64 entry);
void signal_default_actions(void);
void signal_start(void);
void signal_restore_after_delivery(u64 mask);

/* vectors.c */
extern struct iovec iov_buffer[];
long vector_take(u64 user, u64 count, u64 *total); /* a program's vector into iov_buffer */

/* descriptor_table.c */
/* Of struct ub_descriptor, slot: of an epoll or signal descriptor its table, of a host descriptor
   HOST_REGULAR and so on; handle: of a pipe PIPE_OWN_FLAGS and flags, or 0. */
#define HOST_REGULAR 1
#define HOST_PATH 2   /* opened with O_PATH: it names a file, whose bytes are out of reach */
#define HOST_EPOLL 4  /* an epoll set that the monitor keeps, because processes may share it */
#define HOST_READS 8  /* an ordinary file of a file system, opened for reading only and since the last fork */
#define HOST_PLAIN 16 /* such a file: what is read short was read to its end */
#define HOST_DATAGRAMS 32 /* a socket whose messages have addresses */
#define PIPE_OWN_FLAGS \
    0x80000000 /* O_NONBLOCK is kept here, not for all who hold that end: it was opened by name */
#define PIPE_SINCE_SHIFT \
    15 /* ... and above it which writers do not count as having been there: see pipe_poll */
static struct ub_descriptor *const descriptors =
    (struct ub_descriptor *)(UB_LIBOS_PRIVATE + UB_DESCRIPTORS_OFFSET);
void descriptors_shared(void);
void descriptor_reads(struct ub_descriptor *d);
static inline struct ub_descriptor *descriptor(u64 fd)
{
    fd &= 0xffffffff;
    return fd < ub_control.descriptors && descriptors[fd].kind != UB_FD_FREE ? &descriptors[fd] : 0;
}
static inline bool is_datagrams(const struct ub_descriptor *d)
{
    return d->kind == UB_FD_HOST && (d->slot & HOST_DATAGRAMS);
}

/* datagrams.c: the bytes are behind the address in the bounce buffer */
#define DATAGRAM_BYTES (ub_bounce + sizeof(struct ub_socket_address))
#define DATAGRAM_MOST (UB_BOUNCE_SIZE - sizeof(struct ub_socket_address))
long datagram_send(struct ub_descriptor *d, u64 bytes, u64 flags, bool has_address);
long datagram_receive(struct ub_descriptor *d, u64 bytes, u64 flags, u32 *message_flags);
/* Of the parts in iov_buffer: one message. */
long datagram_gather(struct ub_descriptor *d, u64 count, u64 total, u64 flags, bool has_address);
long datagram_vector(struct ub_descriptor *d, u64 count, u64 total, bool writing);
long scatter_out(u64 count, const u8 *bytes, u64 length); /* over the parts in iov_buffer; -EFAULT */
long datagram_read(struct ub_descriptor *d, u64 buffer, u64 bytes);
long datagram_write(struct ub_descriptor *d, u64 buffer, u64 bytes);

long bare_stat(u64 number, u32 mode, u64 user);
struct ub_descriptor host_descriptor(long opened, u64 flags);
int descriptor_new(u64 lowest); /* -EMFILE */
void descriptors_reach(u64 fd);
void descriptors_shrink(void);
static inline bool is_pipe(const struct ub_descriptor *d)
{
    return d->kind >= UB_FD_PIPE_READ && d->kind <= UB_FD_PIPE_BOTH;
}
static inline bool is_regular(const struct ub_descriptor *d)
{
    return d->kind == UB_FD_HOST && (d->slot & HOST_REGULAR);
}
static inline bool is_path(const struct ub_descriptor *d)
{
    return d->kind == UB_FD_HOST && (d->slot & HOST_PATH);
}

static inline bool is_shared_set(const struct ub_descriptor *d)
{
    return d->kind == UB_FD_HOST && (d->slot & HOST_EPOLL);
}
static inline bool is_set(const struct ub_descriptor *d)
{
    return d->kind == UB_FD_EPOLL || is_shared_set(d);
}

/* terminals.c */
long host_ioctl(struct ub_descriptor *d, u64 request, u64 argument);

/* host.c */
long host_read(struct ub_descriptor *d, u64 buffer, u64 bytes);
long within_limit(struct ub_descriptor *d, u64 at, u64 bytes);
long file_too_large(void);
long host_write(struct ub_descriptor *d, u64 buffer, u64 bytes);
void host_hold(struct ub_descriptor *d);
void host_release(struct ub_descriptor *d);
long host_flags(struct ub_descriptor *d);
long host_set_flags(struct ub_descriptor *d, u64 fd, u64 flags);
long host_control(struct ub_descriptor *d, u64 command, u64 argument);
long host_stat(struct ub_descriptor *d, u64 user);
bool host_has_more(struct ub_descriptor *d);
bool host_in_one_piece(struct ub_descriptor *d, u64 bytes, bool writing);
long host_number(struct ub_descriptor *d);
long file_call(u64 call, u64 fd, u64 a, u64 b, u64 c); /* -EINVAL: no file */
long file_hint(u64 fd, u32 command, u64 user);
extern bool closing_matters;

/* pipe.c */
bool pipe_be_patient(bool yes); /* whether reads and writes wait, from now on; as it was before */
long pipe_read(struct ub_descriptor *d, u64 buffer, u64 bytes);
long pipe_write(struct ub_descriptor *d, u64 buffer, u64 bytes);
long pipe_write_some(struct ub_descriptor *d, u64 buffer, u64 bytes); /* what there is room for; -EAGAIN */
void pipe_hold(struct ub_descriptor *d);
long pipe_take(struct ub_descriptor *d); /* as pipe_hold, for an end that the process may not hold yet */
void pipe_release(struct ub_descriptor *d);
long pipe_flags(struct ub_descriptor *d);
void pipe_set_flags(struct ub_descriptor *d, u32 flags);
long pipe_change_flags(struct ub_descriptor *d, u64 fd, u64 flags); /* as far as F_SETFL may */
long pipe_control(struct ub_descriptor *d, u64 command, u64 argument);
long pipe_ioctl(struct ub_descriptor *d, u64 request, u64 argument);
long pipe_stat(struct ub_descriptor *d, u64 user);
bool pipe_has_more(struct ub_descriptor *d);
bool pipe_in_one_piece(struct ub_descriptor *d, u64 bytes, bool writing);
long pipe_number(struct ub_descriptor *d);
long pipe_available(struct ub_descriptor *d);
long pipe_peek(struct ub_descriptor *d, u64 skip, void *to, u64 bytes);
long pipe_capacity(struct ub_descriptor *d);
short pipe_poll(struct ub_descriptor *d); /* POLLIN and friends, now */
u64 pipe_progress(struct ub_descriptor *d,
                  short events); /* changes when there is more to read or more room */
/* Raises the flag of who waits for d; returns the slot. until: when to look again even if nobody wakes; kept
 * otherwise. */
u32 pipe_arm(struct ub_descriptor *d, u64 *until);

long pipe_read_some(struct ub_descriptor *d, u64 buffer, u64 bytes);      /* what is there; -EAGAIN */
long pipe_write_silently(struct ub_descriptor *d, u64 buffer, u64 bytes); /* no SIGPIPE */

/* connection.c: sockets that the family has among itself */
static inline bool is_socket(const struct ub_descriptor *d)
{
    return d->kind == UB_FD_SOCKET;
}
#define ARM_PAIR 0x10000                     /* of an arm: the ring in the next slot of the pair, too */
long socket_attach(struct ub_descriptor *d); /* 0: it has rings; -errno: why it has none */
void socket_attached(struct ub_descriptor *d, long slot);
long socket_receive(struct ub_descriptor *d, u64 buffer, u64 bytes, u64 flags, u64 had);
long socket_send(struct ub_descriptor *d, u64 buffer, u64 bytes, u64 flags);
long socket_await(struct ub_descriptor *d, u32 side, bool waits); /* something to read or accept */
bool socket_is_tcp(struct ub_descriptor *d);
bool socket_listens(struct ub_descriptor *d);
long socket_error(struct ub_descriptor *d);
#define MSG_TAKES_PASSED (1UL << 32) /* what a message carries beside its bytes is the caller's business */
long socket_take_passed(struct ub_descriptor *d, u64 room, u64 peeked);
u64 socket_together(struct ub_descriptor *d, u64 bytes, u64 flags);
long socket_pass(struct ub_descriptor *d, u64 bytes, u64 *start);
void socket_pass_less(struct ub_descriptor *d, u64 start, long written);
bool socket_names_senders(struct ub_descriptor *d);
long socket_read(struct ub_descriptor *d, u64 buffer, u64 bytes);
long socket_write(struct ub_descriptor *d, u64 buffer, u64 bytes);
void socket_release(struct ub_descriptor *d);
long socket_flags(struct ub_descriptor *d);
long socket_set_flags(struct ub_descriptor *d, u64 fd, u64 flags);
long socket_ioctl(struct ub_descriptor *d, u64 request, u64 argument);
long socket_stat(struct ub_descriptor *d, u64 user);
bool socket_has_more(struct ub_descriptor *d);
long socket_number(struct ub_descriptor *d);
short socket_poll(struct ub_descriptor *d);
u64 socket_progress(struct ub_descriptor *d, short events);
u32 socket_arm(struct ub_descriptor *d, u64 *until);

/* event_sets.c */
#define POLL_EVENTS 0x2fff /* of poll, and POLLRDHUP */
extern struct ub_event_set event_sets[UB_EVENT_SETS];
extern u32 own_sets; /* epoll sets among them */
static inline struct ub_interest *interests(u32 slot)
{
    return (struct ub_interest *)UB_EPOLL_TABLES + (u64)slot * UB_INTERESTS;
}
struct epoll_event {
    u32 events;
    u64 data;
} __attribute__((packed));
void event_hold(struct ub_descriptor *d);
void event_release(struct ub_descriptor *d);
long event_flags(struct ub_descriptor *d);
long event_set_flags(struct ub_descriptor *d, u64 fd, u64 flags);
long event_control(struct ub_descriptor *d, u64 command, u64 argument);
long event_stat(struct ub_descriptor *d, u64 user);
long event_set_new(u8 kind, u64 flags);
bool event_set_room(u32 slot);
short signalfd_poll(struct ub_descriptor *d);
u32 epoll_count(struct ub_descriptor *d);
bool epoll_member(struct ub_descriptor *d, u32 index, struct pollfd *member,
                  u64 *seen); /* false: it waits for nothing now */
void epoll_forget(u32 fd, const struct ub_descriptor *old);
bool is_open_elsewhere(u32 fd, const struct ub_descriptor *old);
void events_exec(void);
long signalfd_read(struct ub_descriptor *d, u64 buffer, u64 bytes);

/* kinds.c: what can be done with a descriptor. Where there is no poll the monitor is asked. */
struct kind {
    long (*read)(struct ub_descriptor *d, u64 buffer, u64 bytes);
    long (*write)(struct ub_descriptor *d, u64 buffer, u64 bytes);
    void (*hold)(struct ub_descriptor *d); /* one more descriptor of the same */
    void (*release)(struct ub_descriptor *d);
    long (*flags)(struct ub_descriptor *d);
    long (*set_flags)(struct ub_descriptor *d, u64 fd, u64 flags);
    long (*control)(struct ub_descriptor *d, u64 command, u64 argument); /* fcntl: locks, a pipe's size */
    long (*ioctl)(struct ub_descriptor *d, u64 request, u64 argument);
    long (*stat)(struct ub_descriptor *d, u64 user);
    bool (*has_more)(struct ub_descriptor *d); /* a read after another one need not wait */
    bool (*in_one_piece)(struct ub_descriptor *d, u64 bytes, bool writing); /* whatever its parts */
    long (*number)(struct ub_descriptor *d); /* what the monitor knows it by (UB_HC_OWNER); -EINVAL */
    short (*poll)(struct ub_descriptor *d);  /* POLLIN and friends, now */
    u64 (*progress)(struct ub_descriptor *d, short events);
    u32 (*arm)(struct ub_descriptor *d, u64 *until); /* returns the slot, with ARM_PAIR two */
};
extern const struct kind kinds[];
static inline const struct kind *kind_of(const struct ub_descriptor *d)
{
    return &kinds[d->kind];
}

/* owner.c */
long owner_call(struct ub_descriptor *d, u64 fd, u64 command, u64 argument);

/* shared_sets.c */
long set_share(struct ub_descriptor *set);
long sets_share(bool exec); /* others may come to see our epoll sets; exec: those that it keeps */
long shared_set_control(struct ub_descriptor *e, u32 operation, u32 fd, const struct ub_interest *wanted);
long shared_set_wait(struct ub_descriptor *e, u64 user, u64 most, u64 deadline);
void shared_sets_forget(u32 fd); /* a signal descriptor that is closed */

/* descriptors.c */
void descriptors_start(void);
void descriptors_exec(void);
long descriptor_stat(u64 fd, u64 user);
extern u8
    copy_buffer[16384]; /* for a call that moves bytes from one descriptor to another, or gathers them */

/* wait.c */
long poll_wait(struct pollfd *fds, const u64 *seen, u64 count, u64 deadline);
long with_mask(u64 mask, u64 size, u64 *old);
void without_mask(u64 mask, u64 old, long result);
extern struct pollfd poll_buffer[UB_DESCRIPTORS];

/* paths.c */
const char *after(const char *text, const char *prefix); /* what follows the prefix; 0: it has another one */
long put_text(u64 offset, u64 user); /* a string of the program's into the bounce buffer: its length */
long call_path(u64 call, u64 directory, u64 path, u64 a, u64 b, u64 c);

/* passing.c: what messages carry beside their bytes */
struct msghdr {
    u64 name;
    u32 name_length, pad;
    u64 parts, count;
    u64 control, control_length;
    u32 flags, pad2;
};
struct mmsghdr {
    struct msghdr message;
    u32 length, reserved;
};
long passing_send(const struct msghdr *message); /* into the bounce buffer; how much there is */
void passing_receive(struct ub_descriptor *d, struct msghdr *message, u64 peeked); /* bytes that stay */

/* madvise.c */
void memory_unlocked(void);
long lock_allows(u64 bytes, bool asked);
void lock_mapped(u64 start, u64 end, bool asked, bool populate);

/* mmap.c */
void brk_start(void);

/* users.c */
long users_prctl(u64 option, u64 a, u64 b, u64 c, u64 d);

/* system.c */
void attributes_start(void);

/* process.c */
void child_forked(u32 pid); /* 0: one that is not waited for like others */

/* syscall_table.c */
void calls_start(void);

#endif
