/* MADV_DONTFORK keeps pages from a child, WIPEONFORK gives it zeros; REMOVE empties shared memory. */
#include "observe.h"

static char *memory;

static void touch_missing(void)
{
    memory[4096] = 1;
}

int main(void)
{
    memory = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(memory == MAP_FAILED || shared == MAP_FAILED ? -1 : 0);
    memset(memory, 'x', 3 * 4096);
    say_result("dontfork", madvise(memory + 4096, 4096, MADV_DONTFORK));
    say_result("wipeonfork", madvise(memory + 8192, 4096, MADV_WIPEONFORK));
    say_result("wipeonfork of shared memory", madvise(shared, 4096, MADV_WIPEONFORK));
    pid_t child = fork_child();
    if (child == 0) {
        say("%c %d\n", memory[0], memory[8192]);
        _exit(0);
    }
    say_status("child", reap(child));
    say_status("missing", run_child(touch_missing));
    child = vfork();
    if (child == 0)
        _exit(memory[4096] != 'x' || memory[8192] != 'x');
    say_status("vfork's child", reap(child));
    say("%c %c\n", memory[4096], memory[8192]);
    MUST(madvise(memory + 4096, 4096, MADV_DOFORK));
    say_status("there again", run_child(touch_missing));
    say_result("populate", madvise(memory, 3 * 4096, 23));
    shared[7] = 's';
    say_result("remove", madvise(shared, 4096, MADV_REMOVE));
    say("%d\n", shared[7]);
    say_result("remove private memory", madvise(memory, 4096, MADV_REMOVE));
    return 0;
}
