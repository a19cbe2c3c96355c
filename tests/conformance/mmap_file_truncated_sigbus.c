/* a mapped page whose file was truncated is SIGBUS with its address; grown again it is zeros. */
#include "observe_files.h"

#include <setjmp.h>

static sigjmp_buf back;
static char *volatile fault;
static volatile int code;

static void on_bus(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)context;
    fault = info->si_addr;
    code = info->si_code;
    siglongjmp(back, 1);
}

static void touch(const char *what, volatile char *at)
{
    if (sigsetjmp(back, 1) == 0)
        say("%s: %d\n", what, *at);
    else
        say("%s: SIGBUS, address %d, BUS_ADRERR %d\n", what, fault == at, code == BUS_ADRERR);
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = on_bus, .sa_flags = SA_SIGINFO};
    MUST(sigaction(SIGBUS, &action, NULL));
    int fd = open("f", O_RDWR | O_CREAT, 0600);
    MUST(ftruncate(fd, 3 * 4096));
    char *map = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    memset(map, 'x', 3 * 4096);
    touch("third page", map + 2 * 4096 + 5);
    MUST(ftruncate(fd, 4096 + 100));
    touch("cut off", map + 2 * 4096 + 5);
    touch("inside", map + 4096 + 99);
    touch("rest of the last page", map + 4096 + 100);
    char byte;
    int ends[2];
    make_pipe(ends);
    say_result("write from it", write(ends[1], map + 2 * 4096, 1));
    MUST(ftruncate(fd, 3 * 4096));
    touch("grown again", map + 2 * 4096 + 5);
    MUST(pread(fd, &byte, 1, 4096 + 100));
    say("file behind the cut %d\n", byte);
    return 0;
}
