/* a futex in a shared file mapping is the same one for processes that map the file on their own. */
#include "observe.h"

#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>

static uint32_t *map(void)
{
    int file = open("f", O_RDWR);
    MUST(file);
    uint32_t *word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    MUST(word == MAP_FAILED ? -1 : 0);
    close_fd(file);
    return word;
}

int main(void)
{
    int file = open("f", O_RDWR | O_CREAT | O_TRUNC, 0600);
    MUST(file);
    MUST(ftruncate(file, 4096));
    pid_t child = fork_child();
    if (child == 0) {
        uint32_t *word = map();
        _exit(syscall(SYS_futex, word, FUTEX_WAIT, 0, NULL, NULL, 0) == 0 ? 7 : 8);
    }
    mmap(NULL, 65536, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    uint32_t *word = map();
    while (syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0) == 0)
        sched_yield();
    say_status("child", reap(child));
    MUST(unlink("f"));
    return 0;
}
