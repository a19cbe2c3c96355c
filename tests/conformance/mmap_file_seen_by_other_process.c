/* two processes that open and map one file on their own see each other's stores, and what write wrote. */
#include "observe_files.h"

int main(void)
{
    int to_child[2], to_parent[2];
    make_pipe(to_child);
    make_pipe(to_parent);
    put("f", "0000");
    pid_t child = fork_child();
    if (child == 0) {
        int fd = open("f", O_RDWR);
        char *map = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        close_fd(fd);
        map[0] = 'c';
        send_byte(to_parent[1], 'x');
        take_byte(to_child[0]);
        say("child sees [%.4s]\n", map);
        map[3] = 'd';
        send_byte(to_parent[1], 'x');
        take_byte(to_child[0]);
        say("child sees [%.4s]\n", map);
        _exit(0);
    }
    int fd = open("f", O_RDWR);
    volatile char *map = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    char *private = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    private[1] = 'P';
    take_byte(to_parent[0]);
    say("parent sees [%c%c%c%c]\n", map[0], map[1], map[2], map[3]);
    map[1] = 'p';
    send_byte(to_child[1], 'x');
    take_byte(to_parent[0]);
    MUST(pwrite(fd, "w", 1, 2));
    send_byte(to_child[1], 'x');
    reap(child);
    show("f");
    say("private keeps its own [%c]\n", private[1]);
    return 0;
}
