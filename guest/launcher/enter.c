/*
 * enter GROUP_FILE PROGRAM ARGV...: moves itself into a cgroup (v2 moves whole processes only), then becomes
 * the program.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: enter GROUP_FILE PROGRAM ARGV...\n");
        return 127;
    }
    int group = open(argv[1], O_WRONLY | O_CLOEXEC);
    if (group < 0 || write(group, "0", 1) != 1) {
        fprintf(stderr, "enter: %s: %s\n", argv[1], strerror(errno));
        return 127;
    }
    execv(argv[2], argv + 3);
    fprintf(stderr, "enter: %s: %s\n", argv[2], strerror(errno));
    return 127;
}
