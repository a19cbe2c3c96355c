/* /proc/locks tells of record locks; VmHWM and ru_maxrss remember memory that was given back. */
#include "observe_files.h"

static void locks(const char *what, const char *wanted)
{
    char line[256], kind[16], how[16], mode[16], end[32];
    long number, start;
    int pid;
    unsigned major, minor;
    unsigned long inode;
    struct stat status;
    MUST(stat("f", &status));
    FILE *file = fopen("/proc/locks", "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "%ld: %15s %15s %15s %d %x:%x:%lu %ld %31s", &number, kind, how, mode, &pid, &major,
                   &minor, &inode, &start, end) == 10 &&
            inode == status.st_ino && !strcmp(kind, wanted) && (pid == getpid() || pid == -1))
            say("%s: %s %s %s of %s, %ld to %s\n", what, kind, how, mode, pid < 0 ? "nobody" : "us", start,
                end);
    if (file)
        fclose(file);
}

static long peak(const char *name)
{
    char line[256];
    long found = -1;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        if (!strncmp(line, name, strlen(name)))
            found = atol(line + strlen(name));
    if (file)
        fclose(file);
    return found;
}

int main(void)
{
    put("f", "hello");
    int fd = open("f", O_RDWR), other = open("f", O_RDWR);
    struct flock lock = {.l_type = F_WRLCK, .l_start = 2, .l_len = 3};
    MUST(fcntl(fd, F_SETLK, &lock));
    locks("write", "POSIX");
    lock = (struct flock){.l_type = F_RDLCK, .l_start = 10};
    MUST(fcntl(other, F_OFD_SETLK, &lock));
    locks("both", "POSIX");
    locks("both", "OFDLCK");
    close_fd(fd);
    locks("closed", "POSIX");
    locks("closed", "OFDLCK");
    const size_t bytes = 40 << 20;
    char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(memory, 1, bytes);
    MUST(munmap(memory, bytes));
    struct rusage usage;
    MUST(getrusage(RUSAGE_SELF, &usage));
    say("peak %d %d, now less %d\n", peak("VmHWM:") >= 40 << 10, usage.ru_maxrss >= 40 << 10,
        peak("VmRSS:") < 40 << 10);
    return 0;
}
