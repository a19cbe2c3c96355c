/* /proc/self/mem reads what is mapped; fdinfo tells what epoll sets and signal descriptors wait for. */
#include "observe_files.h"

#include <sys/epoll.h>
#include <sys/signalfd.h>

static void information(const char *what, int fd)
{
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", fd);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) {
        char *end = strstr(line, "  pos:"); /* and an inode */
        if (end)
            strcpy(end, "\n");
        if (!strncmp(line, "tfd:", 4) || !strncmp(line, "sigmask:", 8))
            say("%s: %s", what, line);
    }
    if (file)
        fclose(file);
}

int main(void)
{
    static char words[] = "in memory";
    char bytes[32] = "";
    int memory = open("/proc/self/mem", O_RDONLY), ends[2];
    MUST(memory);
    say_result("read", pread(memory, bytes, sizeof words, (off_t)(uintptr_t)words));
    say("%s\n", bytes);
    char *fresh = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    bytes[0] = 'x';
    say_result("never touched", pread(memory, bytes, 1, (off_t)(uintptr_t)fresh));
    say("%d\n", bytes[0]);
    say("nothing there: %s\n", pread(memory, bytes, 1, 4096) < 0 && errno == EIO ? "EIO" : "?");
    make_pipe(ends);
    int set = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = 0xabcdef};
    MUST(epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event));
    information("set", set);
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    sigaddset(&mask, SIGRTMIN);
    information("signals", signalfd(-1, &mask, 0));
    pid_t child = fork_child();
    if (child == 0)
        _exit(0);
    reap(child);
    information("shared set", set);
    return 0;
}
