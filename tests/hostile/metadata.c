/*
 * metadata MODE: asks for changes of mode, owner and times of files that are the host's: with stdin, a
 * regular file that was lent for reading, among them. Every change is to what the file has already, so that
 * nothing is harmed where it gets through; the caller looks at the host's time of change.
 */
#include "hypercall.h"
#include <sys/eventfd.h>

static void change(const char *name, int fd, unsigned mode)
{
    struct timespec now[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}};
    printf("%s:", name);
    printf(" %d", fchmod(fd, mode) ? errno : 0);
    printf(" %d", fchown(fd, 0, 0) ? errno : 0);
    printf(" %d\n", futimens(fd, now) ? errno : 0);
}

static void by_path(const char *path, unsigned mode)
{
    printf("%s by name:", path);
    printf(" %d", chmod(path, mode) ? errno : 0);
    printf(" %d", chown(path, 0, 0) ? errno : 0);
    printf(" %d", lchown(path, 0, 0) ? errno : 0);
    printf(" %d\n", utimensat(AT_FDCWD, path, NULL, 0) ? errno : 0);
}

static void reopen(const char *path, int flags)
{
    char name[64];
    int fd = open(path, O_RDONLY);
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    int again = open(name, flags);
    printf("%s again: %d\n", path, again < 0 ? errno : 0);
}

int main(int argc, char **argv)
{
    unsigned mode = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 8) : 0666;
    change("/dev/full", open("/dev/full", O_RDONLY), mode);
    change("/dev/full for writing", open("/dev/full", O_WRONLY), mode);
    by_path("/dev/full", mode);
    change("/proc/cpuinfo", open("/proc/cpuinfo", O_RDONLY), 0444);
    by_path("/proc/cpuinfo", 0444);
    change("/proc", open("/proc", O_RDONLY), 0555);
    change("/proc/self/exe", open("/proc/self/exe", O_RDONLY), 0755);
    change("stdin", 0, 0644);
    change("eventfd", eventfd(0, 0), 0600);
    int mine = open("mine", O_CREAT | O_RDWR, 0600);
    change("a file of its own", mine, 0644);
    reopen("/proc/sys/vm/overcommit_memory", O_WRONLY);
    reopen("/proc/self/exe", O_WRONLY);
    reopen("/kept/file", O_RDONLY | O_TRUNC);
    printf("stdin cut off: %d\n", open("/dev/stdin", O_RDONLY | O_TRUNC) < 0 ? errno : 0);
    printf("stdin again: %d\n", open("/dev/stdin", O_WRONLY) < 0 ? errno : 0);
    return 0;
}
