/* mlock brings pages in and keeps them from MADV_DONTNEED and MS_INVALIDATE; a child has no locks. */
#include "observe.h"

static void resident(const char *what, char *at, int pages)
{
    unsigned char found[8] = {0};
    int count = 0;
    say_result(what, mincore(at, (size_t)pages * 4096, found));
    for (int i = 0; i < pages; i++)
        count += found[i] & 1;
    say("%d of %d\n", count, pages);
}

static void refused(const char *what, char *at)
{
    say("%s: ", what);
    say_result("DONTNEED", madvise(at, 4096, MADV_DONTNEED));
    say_result("MS_INVALIDATE", msync(at, 4096, MS_ASYNC | MS_INVALIDATE));
}

int main(void)
{
    char *at = mmap(NULL, 8 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    resident("untouched", at, 8);
    say_result("mlock", mlock(at + 100, 3 * 4096));
    unsigned char first[4];
    MUST(mincore(at, 4 * 4096, first));
    say("in %d\n", first[0] & first[1] & first[2] & first[3] & 1);
    refused("locked", at);
    pid_t child = fork_child();
    if (child == 0) {
        refused("child", at);
        _exit(0);
    }
    reap(child);
    say_result("munlock", munlock(at, 4096));
    refused("unlocked", at);
    refused("still", at + 4096);
    say_result("COLD", madvise(at + 4096, 4096, MADV_COLD));
    say_result("whole", madvise(at, 8 * 4096, MADV_DONTNEED));
    say_result("munlockall", munlockall());
    refused("all unlocked", at + 4096);
    say_result("mlockall", mlockall(MCL_FUTURE));
    char *later = mmap(NULL, 4 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    resident("later", later, 4);
    refused("later", later);
    munlockall();
    char *asked = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0);
    resident("MAP_LOCKED", asked, 1);
    resident("MAP_POPULATE",
             mmap(NULL, 2 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0),
             2);
    char *faults = mmap(NULL, 2 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    say_result("mlock2", mlock2(faults, 2 * 4096, MLOCK_ONFAULT));
    resident("on fault", faults, 2);
    refused("on fault", faults);
    munmap(later, 4 * 4096);
    say_result("unmapped", mlock(later, 4096));
    say_result("wraps", mlock(at, (size_t)-1));
    say_result("no flags", mlockall(0));
    say_result("unknown", mlockall(8));
    say_result("mincore of much", mincore(at, (size_t)-1 >> 8, first));
    say_result("mincore unaligned", mincore(at + 1, 1, first));
    say_result("msync of much", msync(at, (size_t)-1 >> 8, MS_ASYNC));
    return 0;
}
