/* /proc/self/fd names a socket by its inode, which fstat tells too; it cannot be opened, and its path can neither. */
#include "observe_sockets.h"

#include <sys/mman.h>

static void say_link(const char *what, int fd)
{
    char path[64], target[64] = "", expected[64];
    struct stat st;
    MUST(fstat(fd, &st));
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    MUST(readlink(path, target, sizeof target - 1));
    snprintf(expected, sizeof expected, "socket:[%lu]", (unsigned long)st.st_ino);
    say("%s: %s, mode %o, links %lu, size %ld\n", what, strcmp(target, expected) ? target : "socket:[inode]",
        st.st_mode, (unsigned long)st.st_nlink, (long)st.st_size);
    say_result("  open", open(path, O_RDWR));
}

int main(void)
{
    int ends[2];
    struct address at = local_address("link.sock");
    int listener = listen_at(&at, 1);
    say_link("listener", listener);
    connected_pair(AF_INET, ends);
    say_link("connection", ends[0]);
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
    say_link("pair", ends[1]);
    say_link("datagrams", new_socket(AF_INET, SOCK_DGRAM));
    struct stat st;
    MUST(stat("link.sock", &st));
    say("%d %ld\n", S_ISSOCK(st.st_mode), (long)st.st_size);
    say_result("open the path", open("link.sock", O_RDWR));
    say_result("seek", lseek(listener, 0, SEEK_CUR));
    say_result("pread", pread(listener, ends, 1, 0));
    say_result("truncate", ftruncate(listener, 0));
    say_result("map", mmap(NULL, 4096, PROT_READ, MAP_SHARED, listener, 0) == MAP_FAILED ? -1 : 0);
    say_result("read a listener", read(listener, ends, 1));
    say_result("write a listener", write(listener, ends, 1));
    MUST(unlink("link.sock"));
    return 0;
}
