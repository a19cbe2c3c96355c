/* MREMAP_DONTUNMAP moves the pages and leaves the old place mapped, empty; lengths must agree. */
#include "observe.h"

int main(void)
{
    char *old = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    strcpy(old, "first");
    strcpy(old + 8192, "third");
    char *moved = mremap(old, 3 * 4096, 3 * 4096, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL);
    say("elsewhere %d: %s %s\n", moved != MAP_FAILED && moved != old, moved, moved + 8192);
    say("old %d %d\n", old[0], old[8192]);
    strcpy(old, "again");
    say("%s %s\n", old, moved);
    say_result("longer", (long)mremap(old, 4096, 8192, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL));
    say_result("may not move", (long)mremap(old, 4096, 4096, MREMAP_DONTUNMAP, NULL));
    char *fixed = mremap(moved, 4096, 4096, MREMAP_MAYMOVE | MREMAP_DONTUNMAP | MREMAP_FIXED, old + 4096);
    say("fixed %d: %s, left %d\n", fixed == old + 4096, fixed, moved[0]);
    pid_t child = fork_child();
    if (child == 0) {
        say("child %s %s %s\n", old, fixed, moved + 8192);
        _exit(0);
    }
    reap(child);
    return 0;
}
