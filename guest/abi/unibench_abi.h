/*
 * The contract between the monitor (C#, src/UniBench.Monitor/Abi) and the library OS (guest/libos).
 * Fixed-width fields only. Who writes a field is marked: M the monitor, G the guest.
 * The mirror in C# is proved by a test that feeds _Static_asserts to gcc.
 *
 * Memory map (guest-virtual). Guest-physical memory is compact; page tables map one onto the other.
 *
 *   0x0000_0000_0000  unmapped: null pointers fault
 *   0x0000_0040_0000  program (ET_EXEC where it was linked, static-PIE here), then its system call stubs, then brk
 *   0x0010_0000_0000  lowest address of mmap
 *   0x7f80_0000_0000  direct map of the VM's private memory, not executable
 *   0x7fa0_0000_0000  window: 512 slots that show segments of 2 MB; behind it what a family shares, on the sandbox machine
 *   0x7fff_e000_0000  highest address of mmap, which grows down
 *   0x7fff_f000_0000  top of the stack, which grows down
 *   0x7fff_f800_0000  library OS text and read-only data (shared by all VMs), system page
 *   0x7fff_f820_0000  library OS private pages: control, trap, bounce buffer, scratch, page tables, data, stacks
 *   0x7fff_f900_0000  library OS tables that grow: memory areas, epoll sets, the strings of an exec
 *   0x7fff_fc00_0000  what the sandbox machine keeps of itself; nothing on a VM
 */
#ifndef UNIBENCH_ABI_H
#define UNIBENCH_ABI_H

#include <stdint.h>

#define UB_ABI_VERSION 1
#define UB_ABI_MAGIC 0x48434e4542494e55 /* "UNIBENCH" */

#define UB_PAGE 4096
#define UB_LARGE_PAGE 0x200000

/* Guest-virtual addresses. */
#define UB_PROGRAM_BASE 0x400000
#define UB_MMAP_LOW 0x1000000000
#define UB_DIRECT_MAP 0x7f8000000000
#define UB_WINDOW 0x7fa000000000
#define UB_FAMILY 0x7fa040000000      /* struct ub_family, where the machine is a sandboxed process */
#define UB_WINDOWS_END 0x7fa040200000 /* of direct map, window and what is behind it */
#define UB_MMAP_HIGH 0x7fffe0000000
#define UB_STACK_TOP 0x7ffff0000000
#define UB_STACK_LIMIT 0x800000 /* 8 MB, as Linux's default RLIMIT_STACK */
#define UB_LIBOS_TEXT 0x7ffff8000000
#define UB_SYSTEM_PAGE 0x7ffff8100000
#define UB_LIBOS_PRIVATE 0x7ffff8200000
#define UB_LIBOS_TABLES 0x7ffff9000000
#define UB_EPOLL_TABLES 0x7ffffa000000
#define UB_EXEC_STRINGS 0x7ffffb000000
#define UB_SANDBOX 0x7ffffc000000 /* struct ub_sandbox, where the machine is a sandboxed process */

/* Guest-physical addresses: private memory starts at 0, extents and what is shared lie above it. */
#define UB_GPA_LIBOS 0x1000000000
#define UB_GPA_SYSTEM 0x1000200000
#define UB_GPA_TEXT 0x1100000000
#define UB_GPA_WINDOW 0x1200000000
#define UB_GPA_FAMILY 0x1240000000
#define UB_RAM_MAX 0x100000000 /* 4 GB: private memory ends where extents begin */
#define UB_GPA_EXTENTS 0x100000000 /* up to the library OS: pieces of large heaps, each at an address of its own in all VMs */

/* Private memory: fixed pages at its start, mapped from UB_LIBOS_PRIVATE on in the same order. */
#define UB_CONTROL_OFFSET 0x0
#define UB_COUNTERS_OFFSET 0x1000
#define UB_TRAP_OFFSET 0x2000
#define UB_BOUNCE_OFFSET 0x4000
#define UB_BOUNCE_SIZE 0x10000
#define UB_SCRATCH_OFFSET 0x14000 /* library OS buffers that live for one system call: fork does not copy them */
#define UB_DESCRIPTORS_OFFSET 0x38000 /* struct ub_descriptor[UB_DESCRIPTORS]: fork copies control.descriptors of them */
#define UB_TABLES_OFFSET 0x40000 /* page tables, the root first, so that the monitor can compare those of two VMs */
#define UB_TABLES_SIZE 0x80000 /* 128 tables: AddressSanitizer alone spreads its memory over some 60 pieces of 1 GB, each with a shadow elsewhere */
#define UB_TABLES_REGIONS 4 /* exec takes another region: what KVM derived from the old tables stays */
#define UB_LIBOS_DATA_OFFSET 0x240000 /* library OS data, bss and stacks; frames for the program follow */

/*
 * A segment is memory of the monitor that a slot of the window shows: a pipe's, a piece of a mapped file, or what processes share. A ring is a
 * pipe in a segment: a header page and the data behind it.
 */
#define UB_WINDOW_SLOTS 512
#define UB_SEGMENT_BYTES 0x200000
#define UB_RING_DATA 4096
#define UB_RING_CAPACITY 65536      /* Linux's default pipe capacity */
#define UB_RING_CAPACITY_MAX 1048576 /* Linux's default pipe-max-size */
#define UB_PIPE_BUF 4096

/* Bits of page-table entries that both sides know: the CPU's, then those that it leaves to software. */
#define UB_PTE_PRESENT 1
#define UB_PTE_WRITABLE 2
#define UB_PTE_USER 4
#define UB_PTE_TOUCHED 0x60 /* accessed and dirty: set from the start, so that page tables of clones compare equal */
#define UB_PTE_LARGE 0x80
#define UB_PTE_OWNED 0x200   /* the entry holds a frame, present or not */
#define UB_PTE_EXTENTS 0x400 /* of a directory's entry: the table below may name frames of extents */
#define UB_PTE_FROZEN 0x800  /* the frame, or the table below with all its frames of extents, may be shared by now */
#define UB_PTE_NO_EXECUTE 0x8000000000000000
#define UB_PTE_FRAME 0x000ffffffffff000

#define UB_PORT 0x5b /* hypercall port */

#define UB_SIGNALS 65
#define UB_SYSCALL_LIMIT 512
#define UB_PARK_MAX 512
#define UB_DEFERRED 4
#define UB_CLOSES 8
#define UB_FILE_CLOSES 8
#define UB_CLOSE_UNSURE 0x80000000u
#define UB_STDIO 3
#define UB_EXTENTS 64 /* that a process may hold */
#define UB_PROGRAM_AREAS 24 /* segments of a program and its interpreter */
#define UB_AREAS 32768 /* that the address space of a process may have */
#define UB_COMM 16 /* bytes of a process's name, the NUL included */
#define UB_RLIMITS 16
#define UB_NAME_BYTES 65 /* of each field of uname, the NUL included */

/* Hypercalls: number in rax, arguments in rdi rsi rdx r10 r8 r9, result in rax (negative: -errno). */
enum ub_hypercall {
    UB_HC_EXIT = 1,      /* rdi: wait status word, with the bit of a core dump; does not return */
    UB_HC_FORK,          /* rdi: 1 vfork, | 2 with a pidfd, | 4 a child of the parent's, | exit signal << 8, | pid wanted << 32; control.fork_rsp
                            set; returns the child's pid, | handle << 32 of the pidfd; the child starts at fork_child */
    UB_HC_EXEC,          /* rdi: address of struct ub_exec and strings, rsi: directory, rdx: flags of execveat; returns only on error */
    UB_HC_WAIT,          /* rdi: idtype, rsi: id, rdx: options; control.wait_result filled; returns pid or 0 */
    UB_HC_KILL,          /* rdi: pid as kill(2), rsi: signal, rdx: thread id or 0, r10: si_code, r8: si_value */
    UB_HC_SIGNAL_NEXT,   /* rdi: signal that was taken; the next queued one of that number becomes pending */
    UB_HC_PIPE_CREATE,   /* returns its slot */
    UB_HC_PIPE_HOLD,     /* rdi: slot, rsi: side; the process holds that end, too */
    UB_HC_PIPE_CLOSE,    /* rdi: slot, rsi: side; the process holds that end no more */
    UB_HC_PIPE_WAKE,     /* rdi: slot, rsi: side whose waiters are to be woken */
    UB_HC_PIPE_RESIZE,   /* rdi: slot, rsi: capacity */
    UB_HC_SHARE,         /* rdi: number of adjacent slots of the window to fill with zeroed segments that children share; returns the first */
    UB_HC_SEGMENT_CLOSE, /* rdi: slot; nothing shows that segment any more, which is no pipe's */
    UB_HC_MAP,           /* rdi: handle, rsi: offset, rdx: bytes, r10: enum ub_map; returns slot * UB_SEGMENT_BYTES + offset; bounce buffer: struct ub_mapped_file.
                            With UB_CWD as handle: how many of that many bytes behind a mapped address the file has; 0: too few are mapped,
                            -ENODEV: no file. With UB_MAP_SHARED as well: that many bytes are mapped anew, with the size from there on in the bounce buffer */
    UB_HC_FUTEX_WAIT,    /* rdi: address as slot * UB_SEGMENT_BYTES + offset, rsi: value expected, rdx: deadline as PARK, r10: bit set */
    UB_HC_FUTEX_WAKE,    /* rdi: address, rsi: how many, r10: bit set, rdx: how many more to move to address r8 */
    UB_HC_PARK,          /* rdi: ticket, rsi: absolute CLOCK_MONOTONIC deadline in ns or 0 (1: do not wait), rdx: slots in
                            control.park_slots, r10: struct ub_poll in the bounce buffer; returns how many of those have events */
    UB_HC_YIELD,         /* rdi: 0, or 1 + the slot of a ring whose locks may belong to nobody */
    UB_HC_OPEN,          /* path; rdi: directory, rsi: flags, rdx: mode, r10: RESOLVE_* of openat2; returns a handle, or a ring: see UB_OPEN_RING;
                            of a path in /proc: what the process itself has there, see ub_libos_header */
    UB_HC_PATH,          /* path(s); rdi: number of a system call on paths, rsi: directory, rdx r10 r8: see paths.c; results in the data part */
    UB_HC_FILE,          /* rdi: number of a system call on a descriptor, rsi: handle, rdx r10 r8: its further arguments; data in the bounce buffer */
    UB_HC_MAKE,          /* rdi: number of a system call that makes descriptors, rsi rdx r10: its arguments; returns a handle (socketpair: two in the bounce buffer; pidfd_getfd: or a ring, as UB_HC_OPEN) */
    UB_HC_HOST_READ,     /* rdi: handle, rsi: bytes into the bounce buffer */
    UB_HC_HOST_WRITE,    /* rdi: handle, rsi: bytes from the bounce buffer */
    UB_HC_HOST_IOCTL,    /* rdi: handle, rsi: request, rdx: argument if it is a number, else in the bounce buffer */
    UB_HC_HOST_CLOSE,    /* rdi: handle; no descriptor of the process refers to it any more */
    UB_HC_HOST_FLAGS,    /* rdi: handle, rsi: new status flags or -1; returns the flags */
    UB_HC_GROW,          /* rdi: bytes of private memory wanted in all; control.ram_limit changed */
    UB_HC_EXTENT,        /* one more extent, if its memory allows; returns its index, control.extents and control.run_* changed */
    UB_HC_EXTENT_CLOSE,  /* rdi: index; the process holds that extent no more */
    UB_HC_RANDOM,        /* rdi: bytes into the bounce buffer */
    UB_HC_SETPGID,       /* rdi: pid, rsi: pgid */
    UB_HC_GETPGID,       /* rdi: pid */
    UB_HC_SETSID,
    UB_HC_GETSID,        /* rdi: pid */
    UB_HC_USAGE,         /* rdi: 0 self, -1 children; control.usage filled */
    UB_HC_STOP,          /* rdi: stop signal; returns when continued */
    UB_HC_TRACE,         /* rdi: call number, rsi: 0 entry or 1 exit, rdx: result; control.trace_args filled */
    UB_HC_CRASH,         /* rdi: signal, with the bit of a core dump; control.crash filled; does not return */
    UB_HC_TIMER,         /* rdi: timer, rsi: ns until it expires or 0, rdx: interval ns, r10: signal | enum ub_timer_clock << 8, r8: si_value */
    UB_HC_FINDING,       /* rdi: enum ub_finding: something that the run's summary must name */
    UB_HC_IPC,           /* rdi: number of a system call of System V IPC or POSIX message queues, rsi rdx r10 r8: see ipc.c; data in the bounce buffer */
    UB_HC_USERS,         /* rdi: number of a system call about users, groups, capabilities or priorities, rsi rdx r10 r8 r9: see users.c; data in the bounce buffer */
    UB_HC_OWNER,         /* rdi: handle, or of a ring UB_OPEN_RING | side << 16 | slot; rsi: a command of fcntl, rdx: its argument, see owner.c */
    UB_HC_FUTEX_WAITV,   /* rdi: how many struct ub_futex in the bounce buffer, rsi: deadline as PARK; returns which one was woken */
    UB_HC_COUNT
};

/* Paths in the bounce buffer: the first at its start, a second one, and data of the call or its result. NUL-terminated. */
#define UB_PATH_SECOND 0x2000
#define UB_PATH_AHEAD 0x8000 /* struct ub_answer: answers to what was not asked yet */
#define UB_PATH_DATA 0x4000
#define UB_DESCRIPTORS 4096 /* the hard limit that a process starts with, and the most it can have, as Linux's INR_OPEN_MAX */
#define UB_DESCRIPTORS_FIRST 1024 /* the soft limit */
#define UB_CWD 0xffffffff /* instead of a directory's handle: the working directory */

/* UB_HC_OPEN of a FIFO: this bit, enum ub_fd_kind << 16, slot, and in the upper half UB_OPEN_SINCE_MASK's bits: not 0 if there
   was no writer, then 1 + ring.writer_opens % that mask. */
#define UB_OPEN_SINCE_MASK 0xffff
#define UB_OPEN_RING 0x40000000
#define UB_OPEN_REGULAR 0x20000000 /* of a handle: an ordinary file, which is never waited for */
#define UB_OPEN_SET 0x10000000     /* of a handle: an epoll set */
#define UB_OPEN_DATAGRAMS 0x8000000 /* of a handle: a socket whose messages have addresses */

#define UB_EXEC_CLOSES 0x10000 /* among the flags of UB_HC_EXEC: the program is a descriptor that exec closes */
#define UB_TIMERS 34 /* the interval timers 0 to 2, then those of timer_create, last RLIMIT_CPU's */
#define UB_TIMER_LIMIT 33 /* its value: seconds between the soft and the hard limit, after which it kills */
enum ub_timer_clock { UB_TIMER_WALL = 0, UB_TIMER_CPU };
enum ub_map { UB_MAP_SHARED = 1, UB_MAP_WRITE = 2, UB_MAP_EXECUTE = 4 };
enum ub_finding { UB_FINDING_THREAD = 1 };

enum ub_spin_policy { UB_SPIN_AUTO = 0, UB_SPIN_NEVER, UB_SPIN_ALWAYS };

enum ub_ring_side { UB_READER = 0, UB_WRITER = 1 };

/*
 * What the library OS keeps of a process and the monitor only looks at, for /proc: tables at the addresses that its header names, and the areas
 * at UB_LIBOS_TABLES. They may change, or be nonsense, while it looks.
 */
struct ub_descriptor {
    uint8_t kind; /* enum ub_fd_kind */
    uint8_t close_on_exec;
    uint16_t slot;   /* of a pipe: its ring */
    uint32_t handle; /* of what the monitor keeps */
};

struct ub_area {
    uint64_t start, end; /* page aligned; start < end; sorted, disjoint */
    uint32_t prot;
    uint32_t flags;     /* enum ub_area_flags */
    uint64_t backing;   /* guest-physical address of what is behind start, or 0 */
    uint64_t valid_end; /* address behind the last page that the backing has: the end of a file may come before */
    uint64_t spare[3];  /* no entry crosses a page */
};

enum ub_area_flags {
    UB_AREA_STACK = 1,     /* grows down to the stack limit */
    UB_AREA_HEAP = 2,      /* what brk moves */
    UB_AREA_SHARED = 4,    /* writes reach the backing */
    UB_AREA_READ_ONLY = 8, /* and are not allowed, whatever mprotect says: the file is not open for writing */
    UB_AREA_ATTACHED = 16, /* a System V segment */
    UB_AREA_NO_FORK = 32,  /* a child does not have it: MADV_DONTFORK */
    UB_AREA_WIPED = 64,    /* a child has zeros there: MADV_WIPEONFORK */
    UB_AREA_LOCKED = 128   /* mlock */
};

struct ub_rlimit { uint64_t current, maximum; };

/* Epoll sets and signal descriptors live in the library OS alone, until a set is shared. Of a socket, slot is the ring that it reads, or UB_SOCKET_NO_SLOT. */
enum ub_fd_kind { UB_FD_FREE = 0, UB_FD_HOST, UB_FD_PIPE_READ, UB_FD_PIPE_WRITE, UB_FD_PIPE_BOTH, UB_FD_EPOLL, UB_FD_SIGNAL, UB_FD_SOCKET };

/*
 * G: IDLE -> SPINNING -> ASLEEP; M: SPINNING or ASLEEP -> CLAIMED -> DONE; G: SPINNING or ASLEEP -> IDLE, DONE -> IDLE. Every step from SPINNING
 * and ASLEEP is a compare-and-swap.
 */
enum ub_wait_state { UB_WAIT_IDLE = 0, UB_WAIT_SPINNING, UB_WAIT_CLAIMED, UB_WAIT_DONE, UB_WAIT_ASLEEP };

struct ub_siginfo {
    int32_t code;
    int32_t pid;
    int32_t uid;
    int32_t status;
    uint64_t value;
};

struct ub_registers {
    uint64_t rax, rbx, rcx, rdx, rsi, rdi, rbp, rsp;
    uint64_t r8, r9, r10, r11, r12, r13, r14, r15;
    uint64_t rip, rflags;
};

/* The control page, at offset UB_CONTROL_OFFSET of private memory. */
struct ub_control {
    uint64_t magic;       /* M */
    uint32_t abi_version; /* M */
    uint32_t pending;     /* M sets, G clears: look at sig_pending before returning to the program */
    uint64_t sig_pending; /* M sets bits, G clears them, both atomically: bit n-1 is signal n */
    uint64_t unpark_seq;  /* M: changes with every wake-up that may concern this process */
    uint64_t ram_limit;   /* M: bytes of private memory that exist */
    uint64_t ram_max;     /* M: bytes of private memory this process may ask for */
    uint64_t clean_from;  /* M: private memory from here on has never been used and is zero */
    uint32_t pid, ppid, pgid, sid; /* M */
    uint32_t uid, gid;    /* M: the real ones, a copy of what the monitor believes */
    uint32_t tracing;     /* M */
    uint32_t umask;       /* G */

    uint64_t frames_next; /* G: private memory below is, or was, in use; fork copies it */
    uint64_t fork_rsp;    /* G: stack pointer that a child starts with */
    uint64_t sig_blocked; /* G: mask, a hint that saves kicks */
    uint64_t sig_ignored; /* G: ignored by disposition or default, a hint that saves kicks */
    uint64_t sig_queued;  /* M: real-time signals of which more than the pending one are queued */
    uint32_t auto_reap;   /* G: SIGCHLD is SIG_IGN or has SA_NOCLDWAIT */
    uint32_t no_stop_notify; /* G: SIGCHLD has SA_NOCLDSTOP */
    uint32_t death_signal; /* G: what to get when the parent ends; 0: nothing */
    uint32_t zombies;      /* M: children that have ended and were not waited for */
    uint64_t robust_head;  /* G: list of robust mutexes, or 0 */
    uint64_t spins;       /* G: times a wait was won by spinning */
    uint64_t pipe_bytes;  /* G: bytes written to pipes */
    uint64_t unsupported[UB_SYSCALL_LIMIT / 64]; /* G: calls that were answered with ENOSYS; counters.syscalls has how often */

    uint32_t wait_state;    /* enum ub_wait_state: a parent that waits here lets the monitor reap for it; a futex */
    uint32_t wait_type;     /* G */
    int32_t wait_id;        /* G */
    int32_t wait_pid;       /* M: who was reaped */
    int64_t wait_result[8]; /* M: status word, si_code, si_status, uid, utime us, stime us, maxrss KB, 0 */
    int64_t usage[4];       /* M: utime us, stime us, maxrss KB, minor faults */
    uint64_t trace_args[6]; /* G */

    /* G, for UB_HC_CRASH */
    struct ub_registers crash_registers;
    uint64_t crash_vector;
    uint64_t crash_error;
    uint64_t crash_address;

    uint32_t stdio_kind[UB_STDIO]; /* M: enum ub_fd_kind of 0, 1, 2 at the start */
    uint32_t stdio_handle[UB_STDIO]; /* M: host handle, or slot of a ring */

    uint64_t tables_base;   /* M: the region of page tables to use; the root is its first page */
    uint64_t tables_next;   /* M, then G: next free page in it */
    uint32_t patch_count;   /* M: entries of struct ub_patch in the bounce buffer, to be written before the tables are used */
    uint32_t tables_switch; /* M: 1: the vCPU must load tables_base */
    uint32_t borrowed;      /* M: a vfork child's memory is its parent's, which gets it back */
    uint32_t renamed;       /* M: 1: the family has a host name or a domain name of its own; UB_HC_USERS of uname has them */
    uint64_t program_break; /* M: first address of the heap */
    uint64_t entry;         /* M: first instruction of the program */
    uint64_t stack_pointer; /* M: initial, argc is there */
    uint32_t executed;      /* M: 1 after exec: descriptors stay, the rest starts anew */
    uint32_t area_count;    /* M: entries of areas */
    struct ub_program_area { uint64_t start, end; uint32_t prot, reserved; } areas[UB_PROGRAM_AREAS]; /* M: the program's segments */

    uint16_t park_slots[UB_PARK_MAX]; /* G: slots of the rings that a parked process waits for */

    uint32_t deferred[UB_DEFERRED]; /* G: wake-ups that the next exit is to deliver: 1 + (slot << 1 | side), 0: none. M clears them */
    uint32_t may_defer;             /* M: 1: somebody looks after wake-ups that no exit comes for */
    uint32_t descriptors;           /* G: entries of the table of descriptors that mean something; those behind them are free */
    uint32_t closes[UB_CLOSES];     /* G: ends of pipes let go, and no more counted in the ring: 1 + (slot << 1 | side), 0: none; with
                                       UB_CLOSE_UNSURE while it is being counted. The next exit brings the news, M clears them */

    /* Frames for the program come from private memory up to small_limit, further ones from extents, which fork shares. */
    uint64_t small_limit;   /* M */
    uint64_t table_changes; /* G: counts changes of page tables in extents, which other VMs of the monitor may show */
    uint64_t extent_pages;  /* G: pages of extents that the process uses */
    uint64_t run_next, run_end; /* M, then G: frames not handed out yet of the last extent */
    uint64_t run_clean;     /* M: from here on they are zero */
    uint32_t euid, suid, egid, sgid; /* M: effective and saved ids, as uid and gid */
    uint64_t capabilities;  /* M: effective ones, a bit each */
    struct ub_extent {
        uint64_t start, end; /* guest-physical; end 0: none */
        uint64_t exclusive;  /* 1: nobody else holds it, and it may be written to */
    } extents[UB_EXTENTS];   /* M */

    char comm[UB_COMM];     /* M, G: the process's name: of its program, or what PR_SET_NAME or a write to /proc/self/comm said */
    uint64_t sig_caught;    /* G: signals that have a handler */
    uint64_t sig_refused;   /* G: signals that are SIG_IGN */
    uint64_t timer_slack, default_timer_slack; /* G: ns */
    uint64_t subreaper;     /* G: 1: orphans among its descendants become its children */
    uint32_t file_closes[UB_FILE_CLOSES]; /* G: files that were closed: 1 + handle, 0: none. The next exit brings the news, M clears them */
    uint32_t foreseen;      /* M: answers beyond the one that was asked for, at UB_PATH_AHEAD of the bounce buffer; with UB_FORESEEN_STATUS
                               the status of the file that was opened is at UB_PATH_DATA */
    uint32_t foreseen_used; /* G: how many of those were of use; with UB_FORESEEN_AT_ONCE this question came behind them at once */
    uint64_t personality;   /* G */
    uint64_t frames_most;   /* G: the most frames that were in use when some were about to be given back */
};
#define UB_FORESEEN_STATUS 0x80000000
#define UB_FORESEEN_AT_ONCE 0x80000000

/* An answer to a question on a path, absolute or from the working directory. */
struct ub_answer {
    int64_t result;
    uint64_t a, b;        /* the call's arguments */
    uint32_t call, reserved;
    uint32_t path_bytes;  /* with the 0 at its end and what fills eight bytes up */
    uint32_t data_bytes;  /* behind the path: struct stat, or nothing */
    char path[];
};

/* The counters page, at UB_COUNTERS_OFFSET. */
struct ub_counters {
    uint32_t syscalls[UB_SYSCALL_LIMIT];    /* G: by number */
    struct ub_siginfo siginfo[UB_SIGNALS];  /* M, G: of the pending signals, by number */
    uint64_t faults;                        /* G: page faults that the library OS looked into */
    uint64_t flushes;                       /* G: times it made the CPU forget translations */
    uint64_t transferred[2];                /* G: bytes read and written by calls */
};

/* The trap page, at UB_TRAP_OFFSET: where exceptions land. The CPU pushes its frame below UB_TRAP_HARDWARE_TOP. */
struct ub_trap {
    uint64_t rax;         /* rax when the exception struck */
    uint64_t address;     /* CR2 */
    uint64_t frames[33][5]; /* G: rip, cs, rflags, rsp, ss of the CPL 3 handler of each vector; 32 is the monitor's */
};
#define UB_FAULT_BEYOND_FILE 0x80000000 /* in the error code of a page fault: the file that is mapped there ends before */
#define UB_TRAP_HARDWARE_TOP (UB_LIBOS_PRIVATE + UB_TRAP_OFFSET + UB_PAGE)

/* The system page: one for all VMs, read-only to guests. The GDT and TSS, then the IDT, then struct ub_cpuid are in the pages behind it. */
struct ub_system {
    uint32_t clock_seq;    /* M: odd while the clock is being changed */
    uint32_t clock_shift;  /* M */
    uint64_t clock_mult;   /* M: ns = (tsc - tsc_base) * mult >> shift, + a base below */
    uint64_t clock_tsc;    /* M */
    uint64_t monotonic_ns; /* M: CLOCK_MONOTONIC at clock_tsc */
    int64_t realtime_offset_ns; /* M: CLOCK_REALTIME - CLOCK_MONOTONIC */
    int64_t boottime_offset_ns; /* M: CLOCK_BOOTTIME - CLOCK_MONOTONIC */
    uint32_t cores;        /* M: host CPUs that vCPUs may use */
    uint32_t spin_tsc;     /* M: longest spin before a block, TSC ticks; 0: none */
    uint64_t total_ram;    /* M: bytes, of sysinfo */
    uint64_t xsave_size;   /* M: bytes of the XSAVE area for the enabled features */
    uint32_t spin_policy;  /* M: enum ub_spin_policy */
    uint32_t nested_paging; /* M: 1: the CPU itself walks the page tables; it remembers what it saw there until it is told */
    uint8_t pad[32];
    int32_t runnable;      /* M: vCPUs that are running or want to; alone on its cache line */
    uint8_t pad2[60];
    char sysname[65], nodename[65], release[65], version[65], machine[65], domainname[65]; /* M: uname */
};

/* What the CPU answers to `cpuid`, which is slow where a hypervisor answers it. Leaves that differ from core to core are not here. */
#define UB_CPUID 0x7ffff8103000
#define UB_CPUID_LEAVES 168
#define UB_CPUID_ANY 0xffffffffu /* as subleaf: it does not matter */
struct ub_cpuid {
    uint32_t count, reserved; /* M */
    struct ub_cpuid_leaf { uint32_t leaf, subleaf, eax, ebx, ecx, edx; } leaves[UB_CPUID_LEAVES]; /* M */
};

/* Where somebody sleeps until a ring changes: on the word itself, which its peer wakes; in the monitor, which is asked to. */
enum ub_waits { UB_WAITS_HERE = 1, UB_WAITS_IN_MONITOR = 2 };

/* A ring: one page of header, then data. Indices are free-running; everyone masks them with the capacity. */
struct ub_ring {
    /* Writers' cache line. */
    uint64_t head;         /* G: bytes ever written */
    uint64_t inline_pos;   /* G: value of head before the last small write, whose bytes follow; ~0: none */
    uint8_t inline_data[48];
    /* Writers' lock: held while head moves. Here, so that head and tail are no neighbours: processors fetch lines in pairs. */
    uint32_t writer_lock;  /* G: pid of the holder or 0 */
    uint8_t pad0[60];
    /* Readers' cache line. */
    uint64_t tail;         /* G: bytes ever read */
    uint8_t pad1[56];
    uint32_t reader_lock;  /* G */
    uint8_t pad2[60];
    /* Rarely written. */
    uint32_t waiting[2];   /* by side, enum ub_waits: G raises before it sleeps, who wakes lowers; a futex */
    uint32_t ends[2];      /* M, G lowers to no less than 1: processes that hold a read end, a write end */
    uint32_t flags[2];     /* G: O_NONBLOCK, O_ASYNC of each end's open file description; O_DIRECT of the write end: packets */
    uint32_t capacity;     /* M: power of two */
    uint32_t named;        /* M: 1 for a FIFO, which further processes may open at any time */
    uint32_t streaming[2]; /* G: by side, 1: its sole holder publishes without a fence (ring.c) */
    uint32_t id;           /* M: inode number shown by fstat */
    uint32_t bulk;         /* G: 1: a write larger than the ring is under way, so both sides are worth keeping awake */
    uint32_t writer_opens; /* M: of a FIFO: how often it was opened for writing */
    uint32_t socket;       /* M: UB_SOCKET_STREAM and so on; 0: a pipe */
    uint32_t shut;         /* M: UB_SHUT_*; what is shut counts no holders any more */
    uint32_t told;         /* G: 1: the reader has heard of bytes that its peer left unread: ECONNRESET */
    uint64_t timeout[2];   /* M: by side, of a socket: ns that a wait may take; 0: for ever */
    uint64_t passed_at, passed_end; /* M: of a socket: the first message on its way that carries more than bytes: from where, to where; ~0: none */
};

/*
 * A connection is two rings in adjacent slots, the first one even: who reads one of them writes to the other. A socket that listens is a ring without bytes,
 * where head and tail count connections that came and that were accepted.
 */
#define UB_SOCKET_STREAM 1
#define UB_SOCKET_TCP 2     /* and not of the Unix family */
#define UB_SOCKET_LISTENS 4
#define UB_SOCKET_SENDERS 8 /* every message says who sent it: SO_PASSCRED of the reader */
#define UB_SOCKET_CAPACITY 262144 /* of a ring: more than what Linux lets lie in a stream by default */
#define UB_SHUT_BOTH 1      /* nothing is written to that ring any more, by shutdown of either end */
#define UB_SHUT_READER 2    /* its reader wants no more, of which the writer knows nothing: TCP's SHUT_RD */
#define UB_SHUT_RESET 4     /* its reader went without ever having been accepted: ECONNRESET for the writer */
#define UB_SOCKET_NO_SLOT 0xffff /* of a descriptor: no ring, as far as this process knows */

/* What the monitor says of an address, in the bounce buffer, or is told. A datagram's bytes follow. */
struct ub_socket_address {
    uint32_t length; /* of the address */
    uint32_t reserved;
    uint8_t address[128];
};

/* What a message carries beside its bytes, in the bounce buffer: this, and so many ub_passed. */
#define UB_SENDER_SAID 1 /* whom the message names; or known, to the receiver */
#define UB_SENDER_SELF 2 /* who sends it */
struct ub_passed_head {
    uint32_t count;  /* of descriptors; to the receiver: that it was given */
    uint32_t lost;   /* M: there was no room for so many */
    uint32_t sender; /* UB_SENDER_*; 0: the next three say nothing */
    int32_t pid;
    uint32_t user, group;
};
#define UB_PASSED_MOST 253
#define UB_PASSED_NONE 0xffffffffffffffff /* of a ring */
struct ub_passed {
    uint32_t kind, slot, handle; /* of a descriptor */
    uint32_t bits;               /* M: UB_OPEN_* */
    uint64_t mask;               /* of a signal descriptor */
};

/* The library OS image begins with this. All addresses are guest-virtual. */
struct ub_libos_header {
    uint64_t magic;
    uint64_t abi_version;
    uint64_t text_end;
    uint64_t image_end;     /* end of read-only data */
    uint64_t data_start, data_end, bss_end;
    uint64_t start;         /* first instruction of a program: sets up, then enters it */
    uint64_t fork_child;
    uint64_t syscall_entry; /* rewritten sites: return address in rcx */
    uint64_t lstar_entry;
    uint64_t trap_gates[32]; /* CPL 0 code of each vector */
    uint64_t monitor_trap;   /* CPL 3 handler of the monitor's own interruptions: trap.frames[32] */
    uint64_t exit_check;     /* the return path of a system call may be restarted here ... */
    uint64_t exit_jump;      /* ... up to here; here all registers are the program's and rcx is its rip */
    uint64_t trap_check;     /* the return path of an exception may be restarted here ... */
    uint64_t trap_iret;      /* ... up to here, where rsp is 40 below what a restart needs */
    uint64_t memory_state, memory_state_end; /* data that belong to the address space: a vfork parent gets them back with it */
    uint64_t sandbox_start;  /* first instruction of a sandboxed process; 0 in a VM's library OS */
    uint64_t gate, gate_end; /* the only code of it that may make system calls of the host */
    uint64_t cpuid_entry;    /* rewritten `cpuid`: return address in rdx; from here to text_end is code that runs as the program's */
    uint64_t memory_areas;   /* uint64_t: how many struct ub_area there are at UB_LIBOS_TABLES */
    uint64_t limits;         /* struct ub_rlimit[UB_RLIMITS] */
    uint64_t event_sets;     /* struct ub_event_set[UB_EVENT_SETS]; their interests are at UB_EPOLL_TABLES */
};

/* UB_HC_EXEC: path, argv and envp strings, NUL-terminated, one after another behind this. */
struct ub_exec {
    uint32_t argc, envc;
    uint32_t bytes; /* this header included */
    uint32_t reserved;
};

/*
 * A page-table entry that the library OS must change: KVM notices writes of the guest, not those of the monitor,
 * and dropping all that KVM derived from page tables costs hundreds of microseconds.
 */
struct ub_patch {
    uint64_t address; /* guest-physical */
    uint64_t entry;
};

/*
 * The sandbox machine: a host process instead of a VM, whose private memory is a memfd that the monitor maps, too. This lies in
 * front of it in the same file, and at UB_SANDBOX for the guest. It is the machine's, not the process's: fork does not copy it.
 *
 * Memory slots are what KVM's are: which file is behind guest-physical addresses. Descriptors come with the orders, over
 * the socket, in the order of those that show something.
 */
#define UB_SANDBOX_BYTES 0x40000
#define UB_SANDBOX_SOCKET 3 /* descriptors that a machine starts with: orders' descriptors come here ... */
#define UB_SANDBOX_MEMORY 4 /* ... and this is the file of the private memory */
#define UB_SANDBOX_CALLS 9 /* of the host, that the filter lets through */
#define UB_SANDBOX_SLOTS 768
#define UB_SANDBOX_ORDERS 1024
#define UB_SANDBOX_PIECES 64
#define UB_SANDBOX_STACK 0x10000 /* bytes of each of its stacks, which end it: for messages, then for signals */

/* turn: whose it is; it grows by one with each change, so that even values are the guest's. */
#define UB_TURN_ENDED 0xffffffffu /* the process is gone */
#define UB_CALL_STOPPED 0xffffffffu /* no hypercall: it was to stop, and waits to be started anew */
enum ub_order_kind {
    UB_ORDER_SHOW = 1, /* slot from now on is that piece of the next descriptor that came */
    UB_ORDER_HIDE,     /* nothing is in that slot any more */
    UB_ORDER_UNMAP,    /* what was derived from the page tables for that range of guest-virtual addresses is wrong */
    UB_ORDER_SHOW_OWN  /* slot from now on is that piece of the machine's own file */
};

struct ub_sandbox {
    uint32_t turn;          /* G, M: a futex */
    uint32_t guest_waits;   /* G: the guest sleeps until it is its turn */
    uint32_t monitor_waits; /* M: the monitor sleeps here until it is its turn, G lowers it: a futex */
    uint32_t order_count;   /* M */
    uint64_t call[7];       /* G: number, then arguments in the order of their registers */
    int64_t result;         /* M */
    uint64_t start_rip, start_rsp; /* M: not 0: go on here instead of returning the result */
    uint64_t saved_rsp;     /* G */
    uint64_t fills, faults; /* G: faults that found their page in the tables; those that the library OS served */
    uint32_t again;         /* M: only orders came, the call is not answered yet */
    uint32_t stop;          /* M: with the next kick the process stops where it is: UB_CALL_STOPPED */
    uint32_t kicked;        /* G: a kick came since it was lowered */
    uint32_t asleep;        /* G: it sleeps without the monitor, and is counted in ub_family.asleep */
    uint64_t sleeps;        /* G: times it did */
    uint64_t pieces[UB_SANDBOX_PIECES]; /* G: pieces of 2 MB, by number, in which all that the page tables named was mapped ahead; 0: none */
    uint64_t next_piece;    /* G */
    struct ub_slot { uint64_t address, bytes, offset; int32_t descriptor; uint32_t writable; } slots[UB_SANDBOX_SLOTS]; /* G */
    struct ub_order { uint32_t kind, slot; uint64_t address, bytes, offset; uint64_t writable; } orders[UB_SANDBOX_ORDERS]; /* M */
};

/* At UB_FAMILY: what the sandboxed processes of a family tell each other. */
struct ub_family {
    int32_t asleep; /* G, M: processes that sleep without the monitor; who wakes them counts them out */
};

/* UB_HC_MAP: what the monitor says of a mapped file, in the bounce buffer. */
struct ub_mapped_file {
    uint64_t size;     /* M: bytes of the file */
    uint64_t writable; /* M: 1: writes reach it */
    /* M: of a library: where the stubs of its system calls are, as the result of UB_HC_MAP, and how far behind what was mapped they must be seen */
    uint64_t stubs, stub_bytes;
    int64_t stubs_away;
};

/*
 * Epoll sets and signal descriptors that no other process has seen: tables of the library OS. From fork on, or exec, the monitor keeps a set, as
 * an open file: UB_HC_MAKE of epoll_create1, UB_HC_FILE of epoll_ctl with the number of struct ub_member in the bounce buffer, and of
 * epoll_wait with the most events and a deadline as PARK, which returns how many are in the bounce buffer.
 */
#define UB_EVENT_SETS 64
#define UB_INTERESTS UB_DESCRIPTORS
struct ub_event_set {
    uint32_t holders; /* descriptors; 0: free */
    uint32_t count;
    uint32_t mapped; /* interests that have memory behind them */
    uint32_t next;   /* where the last report stopped because it was full */
    uint64_t mask;   /* of a signal descriptor */
    uint32_t non_blocking, reserved;
};

struct ub_interest {
    uint32_t number, events; /* of the descriptor; of poll and epoll */
    uint64_t data;
    uint64_t seen;  /* EPOLLET: progress at the last report, 0 before it */
    uint64_t spare; /* no entry crosses a page */
};

enum ub_member_operation {
    UB_MEMBER_ADD = 1,
    UB_MEMBER_REMOVE,
    UB_MEMBER_CHANGE,
    UB_MEMBER_MOVE,  /* as ADD; what was reported already is no news */
    UB_MEMBER_FORGET /* this process has closed its signal descriptor */
};

struct ub_member {
    uint32_t operation, number;
    uint32_t kind;   /* enum ub_fd_kind of the descriptor */
    uint32_t slot;   /* as in its entry */
    uint32_t handle; /* as in its entry */
    uint32_t events;
    uint64_t data, seen;
    uint64_t mask; /* of a signal descriptor */
};

/* UB_HC_FUTEX_WAITV: one of the words that a process waits for. */
#define UB_FUTEX_WAITV_MAX 128
struct ub_futex {
    uint64_t address;  /* G: as UB_HC_FUTEX_WAIT */
    uint32_t expected; /* G */
    uint32_t reserved;
};

/* UB_HC_PARK: what poll asks of a descriptor that the monitor keeps. */
#define UB_POLL_EDGE 0x4000 /* among the events: only what came since the last answer */
#define UB_POLL_KEEP 0x1000 /* ... and with it: this is no answer */
struct ub_poll {
    uint32_t handle;
    int16_t events;  /* G */
    int16_t revents; /* M */
};

#endif
