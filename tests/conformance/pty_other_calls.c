/* what is of files and not of terminals: seeking, mapping, truncating, locking, vectors, statfs, limits of access. */
#include "observe_terminal.h"

#include <sys/file.h>
#include <sys/statfs.h>

static void try(const char *who, int fd)
{
    char bytes[4];
    struct statfs system;
    struct stat status;
    say("%s\n", who);
    say_result("lseek", lseek(fd, 0, SEEK_SET));
    say_result("pread", pread(fd, bytes, 1, 0));
    say_result("pwrite", pwrite(fd, "x", 1, 0));
    say_result("ftruncate", ftruncate(fd, 0));
    say_result("mmap", mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED ? -1 : 0);
    say_result("flock", flock(fd, LOCK_EX | LOCK_NB));
    say_result("unlock", flock(fd, LOCK_UN));
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
    say_result("lock", fcntl(fd, F_SETLK, &lock));
    say_result("fchdir", fchdir(fd));
    say_result("pipe size", fcntl(fd, F_GETPIPE_SZ));
    say_result("fallocate", fallocate(fd, 0, 0, 1));
    MUST(fstat(fd, &status));
    say("character device %d, size %ld, links %ld\n", S_ISCHR(status.st_mode), (long)status.st_size,
        (long)status.st_nlink);
    MUST(fstatfs(fd, &system));
    say("system %lx\n", (unsigned long)system.f_type);
    say("flags %o\n", fcntl(fd, F_GETFL) & (O_ACCMODE | O_NONBLOCK | O_APPEND));
}

int main(void)
{
    int master, slave;
    open_pair(&master, &slave);
    make_raw(slave, 1, 0);
    try("slave", slave);
    struct iovec parts[2] = {{(char[]){"ab"}, 2}, {(char[]){"cd"}, 2}};
    say_result("writev", writev(slave, parts, 2));
    say_all("shown", master, 4);
    char first[3] = "", second[3] = "";
    parts[0].iov_base = first;
    parts[1].iov_base = second;
    type(master, "1234");
    await(slave, POLLIN);
    say_result("readv", readv(slave, parts, 2));
    say("%s %s\n", first, second);
    int reader = open_slave(master, O_RDONLY | O_NOCTTY), writer = open_slave(master, O_WRONLY | O_NOCTTY);
    say_result("write for reading", write(reader, "x", 1));
    say_result("read for writing", read(writer, first, 1));
    say_result("bad address", read(slave, (void *)opaque(8), 0));
    type(master, "x");
    await(slave, POLLIN);
    say_result("bad address", read(slave, (void *)opaque(8), 1));
    say_result("bad address to write", write(slave, (void *)opaque(8), 1));
    say_result("directory", open("/dev/pts", O_RDWR));
    say_result("below a terminal", open("/dev/pts/ptmx/x", O_RDWR));
    say_result("no terminal", open("/dev/pts/999999", O_RDWR));
    return 0;
}
