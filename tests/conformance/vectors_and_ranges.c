/* addresses and ranges that nobody can have are refused before anything is moved, locked or mapped. */
#include "observe_files.h"

#include <sys/file.h>
#include <sys/syscall.h>

#define NOBODYS ((void *)-1)

static void map(const char *what, int prot, int flags, int fd, off_t offset)
{
    void *at = mmap(NULL, 4096, prot, flags, fd, offset);
    say("%s: %s\n", what, at == MAP_FAILED ? error_name(errno) : "mapped");
}

int main(void)
{
    char bytes[16];
    put("f", "hello world");
    MUST(mkdir("d", 0755));
    int file = open("f", O_RDWR), reader = open("f", O_RDONLY), directory = open("d", O_RDONLY),
        path = open("f", O_PATH);
    struct iovec parts[] = {{bytes, 4}, {bytes + 4, 4}, {NOBODYS, 4}};
    say_result("readv", readv(file, parts, 3));
    say_result("writev", writev(file, parts, 3));
    say_result("preadv", preadv(file, parts, 3, 0));
    say("at %ld\n", (long)lseek(file, 0, SEEK_CUR));
    loff_t from = -1, to = 100;
    say_result("copy from before the start", copy_file_range(reader, &from, file, &to, 5, 0));
    say_result("copy to a directory", copy_file_range(reader, NULL, directory, NULL, 5, 0));
    struct flock lock = {.l_type = F_RDLCK, .l_start = INT64_MAX, .l_len = 2};
    say_result("lock beyond the end", fcntl(file, F_SETLK, &lock));
    lock.l_len = 1;
    say_result("lock the last byte", fcntl(file, F_SETLK, &lock));
    say_result("flags of a path", fcntl(path, F_SETFL, 0));
    say_result("lock of a path", flock(path, LOCK_SH));
    uint64_t hint = 3, got = 0;
    say_result("hint", fcntl(file, F_SET_RW_HINT, &hint));
    say_result("hint", fcntl(file, F_GET_RW_HINT, &got));
    say("hint %d\n", (int)got);
    hint = 77;
    say_result("no hint", fcntl(file, F_SET_RW_HINT, &hint));
    map("grows down, shared", PROT_READ, MAP_SHARED | MAP_GROWSDOWN, file, 0);
    map("an offset that wraps", PROT_READ, MAP_PRIVATE, file, (off_t)0xfffffffffffff000);
    char *memory = mmap(NULL, 8 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    say_result("protect what grows", mprotect(memory, 4096, PROT_READ | PROT_GROWSDOWN));
    say_result("advice of too much", madvise(memory, (size_t)-1, MADV_NORMAL));
    MUST(mprotect(memory, 4096, PROT_READ));
    say_result("populate for writing", madvise(memory, 4096, MADV_POPULATE_WRITE));
    say_result("no key", (int)syscall(SYS_pkey_mprotect, memory, 4096, PROT_READ, -1));
    say_result("a key that is not there", (int)syscall(SYS_pkey_mprotect, memory, 4096, PROT_READ, 9));
    struct timespec omitted[2] = {{0, UTIME_OMIT}, {0, UTIME_OMIT}};
    say_result("times of nothing", utimensat(AT_FDCWD, "nope", omitted, 0));
    say_result("group of a negative number", setpgid(-1, 0));
    struct timespec none = {0, 0};
    say("sleep: %s\n", error_name(clock_nanosleep(CLOCK_MONOTONIC_COARSE, 0, &none, NULL)));
    say("sleep: %s\n", error_name(clock_nanosleep(CLOCK_MONOTONIC_RAW, 0, &none, NULL)));
    timer_t timer;
    say_result("timer", timer_create(CLOCK_MONOTONIC_COARSE, NULL, &timer));
    return 0;
}
