/* After fork of a large heap, changes to parts of it (unmapped, moved, discarded) concern one side only. */
#include "observe.h"

#define MB (1024 * 1024)
#define SIZE (24 * MB)

static unsigned char *heap;

static int sum(const unsigned char *from, size_t bytes)
{
    int total = 0;
    for (size_t i = 0; i < bytes; i += 4096)
        total += from[i];
    return total;
}

static void change(void)
{
    say_result("munmap", munmap(heap + 2 * MB, 6 * MB));
    say_result("mprotect", mprotect(heap + 8 * MB, 3 * MB + 4096, PROT_READ));
    say_result("mprotect back", mprotect(heap + 9 * MB, MB, PROT_READ | PROT_WRITE));
    memset(heap + 9 * MB, 9, MB);
    say_result("madvise", madvise(heap + 12 * MB, 4 * MB, MADV_DONTNEED));
    unsigned char *moved = mremap(heap + 16 * MB, 3 * MB, 5 * MB, MREMAP_MAYMOVE);
    moved[4096] = 77;
    say("moved %d, rest %d %d %d %d\n", sum(moved, 5 * MB), sum(heap, 2 * MB), sum(heap + 8 * MB, 4 * MB),
        sum(heap + 12 * MB, 4 * MB), sum(heap + 19 * MB, 5 * MB));
}

int main(void)
{
    heap = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (size_t i = 0; i < SIZE; i += 4096)
        heap[i] = (unsigned char)(i / 4096 % 251);
    say_status("child", run_child(change));
    say("parent %d\n", sum(heap, SIZE));
    heap[5 * MB] = 99;
    pid_t vchild = vfork();
    if (vchild == 0) {
        heap[6 * MB] = 55; /* the parent's own */
        _exit(3);
    }
    say_status("vfork", reap(vchild));
    say("%d %d %d\n", heap[5 * MB], heap[6 * MB], sum(heap, SIZE));
    int ready[2];
    make_pipe(ready);
    pid_t child = fork_child();
    if (child == 0) {
        take_byte(ready[0]);
        say("child sees %d\n", sum(heap, SIZE));
        _exit(0);
    }
    change();
    vchild = vfork();
    if (vchild == 0) {
        heap[20 * MB] = 44; /* shared with the first child until now */
        _exit(4);
    }
    say_status("vfork", reap(vchild));
    say("%d\n", heap[20 * MB]);
    send_byte(ready[1], 'g');
    say_status("child", reap(child));
    return 0;
}
