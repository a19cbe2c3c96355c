/* monitor MODE: what once ended the monitor, and with it every family. */
#include "hypercall.h"
#include <linux/elf.h>
#include <mqueue.h>

/* Signals that no child can send at its end. */
static void fork_signal(void)
{
    for (uint64_t signal = 65; signal < 256; signal++) {
        CONTROL->fork_rsp = 0x1000; /* where a child that comes to be crashes */
        long result = hypercall(UB_HC_FORK, signal << 8, 0, 0, 0, 0);
        if (result != -EINVAL)
            printf("signal %lu: %ld\n", signal, result);
    }
}

static void map_lengths(void)
{
    static const uint64_t lengths[] = {(uint64_t)-5, (uint64_t)-1, 1UL << 63, ~(1UL << 63)};
    int fd = open("file", O_CREAT | O_RDWR, 0600);
    if (ftruncate(fd, 8192) || mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED)
        perror("file");
    for (uint64_t slot = 0; slot < UB_WINDOW_SLOTS; slot++)
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            long result = hypercall(UB_HC_MAP, UB_CWD, slot * UB_SEGMENT_BYTES, lengths[i], 0, 0);
            if (result && result != -ENODEV) /* no file in that slot */
                printf("slot %lu length %#lx: %ld\n", slot, lengths[i], result);
        }
}

/* Every hypercall that takes a slot, on the memory of a file that was cut off. */
static void cut_off(void)
{
    static const long calls[] = {UB_HC_YIELD, UB_HC_PIPE_WAKE, UB_HC_PIPE_RESIZE, UB_HC_PIPE_HOLD};
    int fd = open("file", O_CREAT | O_RDWR, 0600);
    volatile char *at =
        ftruncate(fd, 8192) ? MAP_FAILED : mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    at[0] = 1;
    if (ftruncate(fd, 0))
        perror("ftruncate");
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        for (uint64_t slot = 0; slot <= UB_WINDOW_SLOTS; slot++)
            for (uint64_t side = 0; side < 2; side++)
                hypercall(calls[i], slot, side, 0, 0, 0);
    hypercall(UB_HC_FUTEX_WAKE, 0, 1, 0, 0, 0);
    hypercall(UB_HC_FUTEX_WAIT, 0, 1, 1, 1, 0);
    for (uint64_t slot = 0; slot < UB_WINDOW_SLOTS; slot++)
        for (uint64_t side = 0; side < 2; side++)
            hypercall(UB_HC_PIPE_CLOSE, slot, side, 0, 0, 0);
}

/* A program of that size, nearly all of which is a hole, with a segment that holds it all or only the start
 * of it. */
static void sparse(off_t size, int whole)
{
    Elf64_Ehdr header = {
        .e_ident = "\177ELF\2\1\1", .e_type = 2, .e_machine = 62, .e_version = 1, .e_entry = 0x400100};
    Elf64_Phdr segment = {.p_type = PT_LOAD, .p_flags = 5, .p_vaddr = 0x400000, .p_align = 4096};
    static const unsigned char exit_7[] = {0xbf, 7, 0, 0, 0, 0xb8, 60, 0, 0, 0, 0x0f, 0x05};
    header.e_phoff = header.e_ehsize = sizeof header;
    header.e_phentsize = sizeof segment;
    header.e_phnum = 1;
    segment.p_filesz = segment.p_memsz = whole ? (size_t)size : 4096;
    int fd = open("program", O_CREAT | O_WRONLY | O_TRUNC, 0755);
    if (pwrite(fd, &header, sizeof header, 0) < 0 ||
        pwrite(fd, &segment, sizeof segment, sizeof header) < 0 ||
        pwrite(fd, exit_7, sizeof exit_7, 0x100) < 0 || ftruncate(fd, size))
        perror("program");
    close(fd);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        execl("program", "program", (char *)NULL);
        _exit(100 + errno);
    }
    int status = 0;
    waitpid(child, &status, 0);
    printf("%ld MB, %s: %d\n", (long)(size >> 20), whole ? "all of it loaded" : "a page loaded",
           WEXITSTATUS(status));
}

static void deep_directory(void)
{
    char one[64], path[4090], answer[8192];
    snprintf(one, sizeof one, "task/%d/", getpid());
    for (path[0] = 0; strlen(path) + strlen(one) < 4000;)
        strcat(path, one);
    snprintf(answer, sizeof answer, "/proc/%d", getpid());
    printf("%d\n", chdir(answer) ? errno : 0);
    for (int i = 0; i < 8; i++)
        if (chdir(path) == 0)
            printf("%d more\n", i);
    snprintf(answer, sizeof answer, "task/%d", getpid());
    printf("%d\n", chdir(answer) ? errno : 0);
    printf("%d\n", chdir(answer) ? errno : 0);
}

static void windows(long count)
{
    int fd = open("large", O_CREAT | O_RDWR, 0600);
    if (ftruncate(fd, 1L << 30))
        perror("ftruncate");
    for (long i = 0; i < count; i++) {
        void *at = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, i * 8192);
        if (at == MAP_FAILED) {
            printf("%ld: %d\n", i, errno);
            break;
        }
        munmap(at, 4096);
    }
}

/* A file that only another process holds: it may be closed in the middle of a call. */
static void foreign_handle(void)
{
    int ends[2];
    long handle = 0;
    if (pipe(ends))
        perror("pipe");
    pid_t child = fork();
    if (child == 0) {
        handle = hypercall(UB_HC_MAKE, SYS_eventfd2, 1, 0, 0, 0);
        (void)!write(ends[1], &handle, sizeof handle);
        pause();
    }
    (void)!read(ends[0], &handle, sizeof handle);
    printf("%d: %ld\n", handle > 2, hypercall(UB_HC_HOST_FLAGS, (uint64_t)handle, (uint64_t)-1, 0, 0, 0));
    kill(child, SIGKILL);
    wait(NULL);
}

/* A queue that one process opens while another takes its name away. */
static void queue_race(void)
{
    pid_t child = fork();
    for (int i = 0; i < 3000; i++) {
        if (child == 0)
            mq_unlink("/race");
        else
            mq_close(mq_open("/race", O_CREAT | O_RDWR, 0600, NULL));
    }
    if (child == 0)
        _exit(0);
    wait(NULL);
}

/* Children that stay, as many as there may be; then ends them all and starts one more. */
static void fork_bomb(void)
{
    long made = 0;
    int ends[2];
    pid_t child;
    if (pipe(ends))
        perror("pipe");
    while ((child = fork()) > 0)
        made++;
    if (child == 0) {
        char byte;
        close(ends[1]);
        (void)!read(ends[0], &byte, 1);
        _exit(0);
    }
    printf("%s with %d children\n", strerror(errno), made > 10);
    close(ends[1]);
    while (wait(NULL) > 0)
        ;
    child = fork();
    if (child == 0)
        _exit(0);
    printf("once more: %d\n", child > 0 && wait(NULL) == child);
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "";
    if (is(mode, "fork-signal"))
        fork_signal();
    else if (is(mode, "map-lengths"))
        map_lengths();
    else if (is(mode, "cut-off"))
        cut_off();
    else if (is(mode, "sparse")) {
        sparse(3L << 30, 1);
        sparse(3L << 30, 0);
        sparse(1900L << 20, 1);
        sparse(200L << 20, 1);
    } else if (is(mode, "deep-directory"))
        deep_directory();
    else if (is(mode, "windows"))
        windows(atol(argv[2]));
    else if (is(mode, "foreign-handle"))
        foreign_handle();
    else if (is(mode, "queue-race"))
        queue_race();
    else if (is(mode, "fork-bomb"))
        fork_bomb();
    printf("still here\n");
    return 0;
}
