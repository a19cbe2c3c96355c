/* a futex in a mapped file wakes a process that mapped the file by itself. */
#include "observe.h"
#include <linux/futex.h>
#include <sys/syscall.h>

int main(void)
{
    int fd = open("f", O_RDWR | O_CREAT, 0600);
    MUST(ftruncate(fd, 4096));
    pid_t child = fork_child();
    if (child == 0) {
        int own = open("f", O_RDWR);
        int *word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, own, 0);
        while (__atomic_load_n(word, __ATOMIC_SEQ_CST) == 0)
            syscall(SYS_futex, word, FUTEX_WAIT, 0, NULL, NULL, 0);
        say("woken with %d\n", *word);
        _exit(0);
    }
    int *word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    struct timespec nap = {0, 10000000};
    nanosleep(&nap, NULL);
    __atomic_store_n(word, 5, __ATOMIC_SEQ_CST);
    syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
    say_status("child", reap(child));
    return 0;
}
