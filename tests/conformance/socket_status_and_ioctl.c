/* fstat, fcntl and ioctl of sockets: kind, flags, FIONREAD, FIONBIO, and what files have but sockets have not. */
#include "observe_sockets.h"

static void test(int family)
{
    struct stat status;
    int ends[2], there = -1, on = 1;
    connected_pair(family, ends);
    MUST(fstat(ends[0], &status));
    say("socket %d mode %o size %ld links %ld\n", S_ISSOCK(status.st_mode), status.st_mode & 0777,
        (long)status.st_size, (long)status.st_nlink);
    say("flags %o\n", fcntl(ends[0], F_GETFL));
    MUST(write(ends[1], "hello", 5));
    await_events(ends[0], POLLIN);
    say_result("fionread", ioctl(ends[0], FIONREAD, &there));
    say("%d\n", there);
    say_result("fionbio", ioctl(ends[0], FIONBIO, &on));
    say("flags %o\n", fcntl(ends[0], F_GETFL));
    say_read("read", ends[0]);
    say_read("empty", ends[0]);
    say_result("lseek", lseek(ends[0], 0, SEEK_SET));
    say_result("pread", pread(ends[0], &there, 1, 0));
    say_result("pwrite", pwrite(ends[0], &there, 1, 0));
    say_result("ftruncate", ftruncate(ends[0], 0));
    say_result("fsync", fsync(ends[0]));
    say_result("isatty", isatty(ends[0]) - 1);
    if (family == AF_UNIX) /* TCP can be mapped */
        say("mmap %d %s\n", mmap(NULL, 4096, PROT_READ, MAP_SHARED, ends[0], 0) == MAP_FAILED,
            error_name(errno));
    int copy = dup(ends[0]);
    MUST(fcntl(copy, F_SETFL, 0));
    say("shared flags %o\n", fcntl(ends[0], F_GETFL));
    char link[64], path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
    ssize_t n = readlink(path, link, sizeof link - 1);
    say("link %.8s\n", n > 0 ? link : "none");
    say_result("reopen", open(path, O_RDWR));
}

int main(void)
{
    with_families(test);
    return 0;
}
