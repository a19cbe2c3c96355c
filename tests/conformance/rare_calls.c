/* getresgid, sched_getparam, tkill, rseq, sched_getattr, setresuid, setresgid, sync, readahead, posix_fadvise, sync_file_range, mlock2, epoll_pwait2 and get_robust_list do what they say, and refuse what they must. */
#include "observe_files.h"
#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t seen;

static void note(int number)
{
    seen = number;
}

static void tell(const char *what, long result)
{
    printf("%s: %s\n", what, result < 0 ? strerrorname_np(errno) : result == 0 ? "0" : "more");
}

int main(void)
{
    gid_t real = 1, effective = 2, saved = 3;
    tell("getresgid", getresgid(&real, &effective, &saved));
    printf("%d %d\n", real == getgid(), effective == getegid());
    tell("getresgid of nowhere", syscall(SYS_getresgid, NULL, &effective, &saved));

    struct sched_param parameters = {.sched_priority = 7};
    tell("sched_getparam", sched_getparam(0, &parameters));
    printf("%d\n", parameters.sched_priority);
    tell("sched_getparam of -1", sched_getparam(-1, &parameters));
    tell("sched_getparam to nowhere", syscall(SYS_sched_getparam, 0, NULL));

    struct {
        uint32_t size, policy;
        uint64_t flags;
        int32_t nice;
        uint32_t priority;
        uint64_t runtime, deadline, period;
        uint32_t util_min, util_max;
    } attributes = {0};
    tell("sched_getattr", syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0));
    printf("%u %llu %d\n", attributes.policy, (unsigned long long)attributes.flags,
           attributes.nice == getpriority(PRIO_PROCESS, 0));
    tell("sched_getattr, small", syscall(SYS_sched_getattr, 0, &attributes, 8, 0));
    tell("sched_getattr, flags", syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 1));
    tell("sched_getattr of -1", syscall(SYS_sched_getattr, -1, &attributes, sizeof attributes, 0));
    tell("setresuid to nobody new", setresuid((uid_t)-1, (uid_t)-1, (uid_t)-1));
    tell("setresuid to who it is", setresuid(getuid(), geteuid(), getuid()));
    tell("setresgid to nobody new", setresgid((gid_t)-1, (gid_t)-1, (gid_t)-1));
    tell("setresgid to who it is", setresgid(getgid(), getegid(), getgid()));

    signal(SIGUSR1, note);
    tell("tkill", syscall(SYS_tkill, getpid(), SIGUSR1));
    printf("%d\n", seen == SIGUSR1);
    tell("tkill of 0", syscall(SYS_tkill, 0, SIGUSR1));
    tell("tkill of -1", syscall(SYS_tkill, -1, SIGUSR1));
    tell("tkill of nobody", syscall(SYS_tkill, 0x3fffff, SIGUSR1));
    tell("tkill with 65", syscall(SYS_tkill, getpid(), 65));
    tell("tkill with 0", syscall(SYS_tkill, getpid(), 0));

    printf("gettid %d\n", syscall(SYS_gettid) == getpid());
    static char area[64] __attribute__((aligned(32)));
    tell("rseq, unknown flag", syscall(SYS_rseq, area, 32, 2, 0x53053053));
    tell("rseq, never registered", syscall(SYS_rseq, area, 32, 1, 0x53053053));
    tell("rseq, wrong size", syscall(SYS_rseq, area, 8, 0, 0x53053053));
    tell("rseq, not aligned", syscall(SYS_rseq, area + 4, 32, 0, 0x53053053));

    sync();
    int file = open("file", O_RDWR | O_CREAT, 0600), ends[2];
    (void)!write(file, "0123456789", 10);
    tell("pipe", pipe(ends));
    tell("readahead", readahead(file, 0, 10));
    tell("readahead of a pipe", readahead(ends[0], 0, 10));
    tell("readahead of a writer", readahead(open("file", O_WRONLY), 0, 10));
    tell("readahead of nothing", readahead(-1, 0, 10));
    printf("posix_fadvise: %d\n", posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL));
    printf("of a pipe: %d\n", posix_fadvise(ends[0], 0, 0, POSIX_FADV_NORMAL) == ESPIPE);
    printf("unknown advice: %d\n", posix_fadvise(file, 0, 0, 77) == EINVAL);
    printf("negative length: %d\n", posix_fadvise(file, 0, -1, POSIX_FADV_NORMAL) == EINVAL);
    printf("nothing: %d\n", posix_fadvise(-1, 0, 0, POSIX_FADV_NORMAL) == EBADF);
    tell("sync_file_range", sync_file_range(file, 0, 10, SYNC_FILE_RANGE_WRITE));
    tell("sync_file_range, unknown flag", sync_file_range(file, 0, 10, 8));
    tell("sync_file_range, negative", sync_file_range(file, -1, 10, 0));
    tell("sync_file_range of a pipe", sync_file_range(ends[0], 0, 10, 0));
    tell("sync_file_range of nothing", sync_file_range(-1, 0, 10, 0));

    char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    tell("mlock2", syscall(SYS_mlock2, page, 4096, 0));
    tell("mlock2 on fault", syscall(SYS_mlock2, page, 4096, 1));
    tell("mlock2, unknown flag", syscall(SYS_mlock2, page, 4096, 2));
    munmap(page, 4096);
    tell("mlock2 of nothing", syscall(SYS_mlock2, page, 4096, 0));

    int set = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = 5};
    struct timespec shortly = {.tv_nsec = 1000}, wrong = {.tv_nsec = 2000000000};
    epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event);
    tell("epoll_pwait2", syscall(SYS_epoll_pwait2, set, &event, 1, &shortly, NULL, 8));
    tell("epoll_pwait2, wrong time", syscall(SYS_epoll_pwait2, set, &event, 1, &wrong, NULL, 8));
    (void)!write(ends[1], "x", 1);
    tell("epoll_pwait2 of something", syscall(SYS_epoll_pwait2, set, &event, 1, NULL, NULL, 8));
    printf("%d %d\n", (int)event.data.u32, event.events == EPOLLIN);

    void *head;
    size_t length;
    tell("get_robust_list", syscall(SYS_get_robust_list, 0, &head, &length));
    printf("%d\n", length == sizeof(struct robust_list_head));
    tell("get_robust_list of nobody", syscall(SYS_get_robust_list, 0x3fffff, &head, &length));
    return 0;
}
