/* exhaust WHAT: takes as much of something as there is, and prints how much that was and the error that ended
 * it. */
#include "hypercall.h"
#include <mqueue.h>
#include <sys/inotify.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#define MB (1L << 20)
#define ENOUGH (1L << 30) /* nobody gets more */

static void report(const char *what, long amount, int error)
{
    printf("%s: %ld, %s\n", what, amount, strerror(error));
}

static void descriptors(void)
{
    long made = 0, result;
    while ((result = hypercall(UB_HC_MAKE, SYS_eventfd2, 0, 0, 0, 0)) >= 0 && made < 100000)
        made++;
    /* A process's limit, or the family's, which is lower where the host lets us have few files. */
    int limited = result == -EMFILE   ? made >= UB_DESCRIPTORS && made < UB_DESCRIPTORS + 64
                  : result == -ENFILE ? made >= UB_DESCRIPTORS_FIRST
                                      : 0;
    printf("descriptors: %s\n", limited ? "limited" : "without limit");
}

static void messages(void)
{
    static struct {
        long type;
        char text[8192];
    } message = {.type = 1};
    long bytes = 0;
    int queue = -1;
    for (;;) {
        struct msqid_ds state;
        if (queue < 0 || (msgsnd(queue, &message, sizeof message.text, IPC_NOWAIT) && errno == EAGAIN)) {
            queue = msgget(IPC_PRIVATE, 0600);
            if (queue < 0 || msgctl(queue, IPC_STAT, &state))
                break;
            state.msg_qbytes = INT32_MAX;
            msgctl(queue, IPC_SET, &state);
            continue;
        }
        if (errno == ENOMEM || bytes > ENOUGH)
            break;
        bytes += (long)sizeof message.text;
    }
    report("MB of messages", bytes / MB, errno);
    msgctl(queue, IPC_RMID, NULL);
    queue = msgget(IPC_PRIVATE, 0600);
    printf("after removal: %d\n", msgsnd(queue, &message, sizeof message.text, IPC_NOWAIT) ? errno : 0);
}

static void posix_queues(void)
{
    struct mq_attr large = {.mq_maxmsg = 65536, .mq_msgsize = 65536},
                   usual = {.mq_maxmsg = 10, .mq_msgsize = 8192};
    mqd_t queue = mq_open("/large", O_CREAT | O_RDWR, 0600, &large);
    int refused = queue < 0 && (errno == EMFILE || errno == EINVAL); /* EINVAL: no CAP_SYS_RESOURCE */
    printf("large: %s\n", refused ? "refused" : "made");
    char name[16];
    int made = 0;
    for (; made < 200; made++) {
        snprintf(name, sizeof name, "/q%d", made);
        if ((queue = mq_open(name, O_CREAT | O_RDWR, 0600, &usual)) < 0)
            break;
        mq_close(queue);
    }
    report("queues", made, errno);
    mq_unlink("/q0");
    printf("after removal: %d\n", mq_open("/again", O_CREAT | O_RDWR, 0600, &usual) < 0 ? errno : 0);
}

static void semaphores(void)
{
    long sets = 0;
    int last = -1, set;
    while (sets < 32000 && (set = semget(IPC_PRIVATE, 32000, 0600)) >= 0) {
        last = set;
        sets++;
    }
    report("MB of semaphores", sets * 32000 * 6 / MB, errno);
    struct sembuf one = {.sem_op = 1, .sem_flg = SEM_UNDO};
    printf("with SEM_UNDO: %d\n", semop(last, &one, 1) ? errno : 0);
    semctl(last, 0, IPC_RMID);
    printf("after removal: %d\n", semget(IPC_PRIVATE, 16000, 0600) < 0 ? errno : 0);
}

static void segments(void)
{
    long bytes = 0;
    int last = -1, segment;
    while (bytes < ENOUGH && (segment = shmget(IPC_PRIVATE, 2 * MB, 0600)) >= 0) {
        last = segment;
        bytes += 2 * MB;
    }
    report("MB of segments", bytes / MB, errno);
    shmctl(last, IPC_RMID, NULL);
    printf("after removal: %d\n", shmget(IPC_PRIVATE, 2 * MB, 0600) < 0 ? errno : 0);
}

static void shared(void)
{
    long bytes = 0;
    void *last = NULL, *at;
    while (bytes < ENOUGH && (at = mmap(NULL, 4 * MB, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
                                        0)) != MAP_FAILED) {
        memset(last = at, 1, 4096);
        bytes += 4 * MB;
    }
    report("MB of shared memory", bytes / MB, errno);
    munmap(last, 4 * MB);
    at = mmap(NULL, 4 * MB, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    printf("after removal: %d\n", at == MAP_FAILED ? errno : 0);
}

static void memory_files(void)
{
    static char block[1 << 16];
    for (int i = 0; i < 4; i++) { /* each is gone, and its mapping, before the next is made */
        int fd = memfd_create("large", 0);
        char *at = ftruncate(fd, 40 * MB) ? MAP_FAILED
                                          : mmap(NULL, 40 * MB, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        printf("one: %d\n", at == MAP_FAILED ? errno : 0);
        at[0] = 1;
        close(fd);
        munmap(at, 40 * MB);
    }
    int first = memfd_create("first", 0), second = memfd_create("second", 0);
    long bytes = 0, done;
    printf("first: %d\n", ftruncate(first, 40 * MB) ? errno : 0);
    printf("second: %d\n", ftruncate(second, 40 * MB) ? errno : 0);
    printf("allocated: %d\n", fallocate(second, 0, 0, 40 * MB) ? errno : 0);
    printf("far behind: %d\n", pwrite(second, block, 1, 40 * MB) < 0 ? errno : 0);
    while (bytes < ENOUGH && (done = write(second, block, sizeof block)) > 0)
        bytes += done;
    report("MB written", bytes / MB, errno);
    close(first);
    printf("after the first is gone: %d\n", ftruncate(second, 50 * MB) ? errno : 0);
}

static void terminals(void)
{
    int made = 0, last = -1, master;
    for (; made < 1000 && (master = posix_openpt(O_RDWR | O_NOCTTY)) >= 0; made++)
        last = master;
    report("terminals", made, errno);
    close(last);
    printf("after removal: %d\n", posix_openpt(O_RDWR | O_NOCTTY) < 0 ? errno : 0);
}

static void locks(void)
{
    int fd = open("file", O_CREAT | O_RDWR, 0600);
    long held = 0;
    struct flock lock = {.l_type = F_WRLCK, .l_len = 1};
    for (; held < 100000; held++) {
        lock.l_start = 2 * held;
        if (fcntl(fd, F_SETLK, &lock))
            break;
    }
    report("locks", held, errno);
}

static void watches(void)
{
    int first = -1, fd, made = 0, watched = 0, last = -1, watch;
    for (; made < 1000 && (fd = inotify_init1(IN_NONBLOCK)) >= 0; made++)
        first = made ? first : fd;
    report("instances", made, errno);
    char name[32];
    for (; watched < 100000; watched++) {
        snprintf(name, sizeof name, "watched%d", watched);
        if (mkdir(name, 0700) || (watch = inotify_add_watch(first, name, IN_DELETE_SELF)) < 0)
            break;
        last = watch;
    }
    report("watches", watched, errno);
    printf("a known one: %d\n", inotify_add_watch(first, "watched0", IN_DELETE) != 1);
    inotify_rm_watch(first, last);
    printf("after removal: %d\n", inotify_add_watch(first, name, IN_DELETE_SELF) < 0 ? errno : 0);
    static char events[1 << 16];
    rmdir(name);
    while (read(first, events, sizeof events) > 0)
        ;
    printf("after its end: %d\n", inotify_add_watch(first, ".", IN_DELETE_SELF) < 0 ? errno : 0);
    close(first);
    printf("after closing: %d\n", (first = inotify_init1(0)) < 0 ? errno : 0);
    printf("and again: %d\n", inotify_add_watch(first, ".", IN_DELETE_SELF) < 0 ? errno : 0);
}

static void crashes(void)
{
    for (int i = 0; i < 150; i++) {
        if (fork() == 0)
            *(volatile int *)16 = 1;
        wait(NULL);
    }
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*take)(void);
    } all[] = {{"descriptors", descriptors},   {"messages", messages}, {"posix-queues", posix_queues},
               {"semaphores", semaphores},     {"segments", segments}, {"shared", shared},
               {"memory-files", memory_files}, {"locks", locks},       {"terminals", terminals},
               {"watches", watches},           {"crashes", crashes}};
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (argc > 1 && is(argv[1], all[i].name))
            all[i].take();
    printf("still here\n");
    return 0;
}
