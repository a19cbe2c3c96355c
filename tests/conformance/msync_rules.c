/* msync: flags that exclude each other, crooked addresses and holes are refused; anonymous memory is fine. */
#include "observe_files.h"

int main(void)
{
    int fd = open("f", O_RDWR | O_CREAT, 0600);
    MUST(ftruncate(fd, 3 * 4096));
    char *map = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    strcpy(map, "stored");
    say_result("sync", msync(map, 4096, MS_SYNC));
    say_result("async", msync(map, 3 * 4096, MS_ASYNC));
    say_result("invalidate", msync(map, 4096, MS_INVALIDATE | MS_SYNC));
    say_result("both", msync(map, 4096, MS_SYNC | MS_ASYNC));
    say_result("unknown flag", msync(map, 4096, 64));
    say_result("crooked", msync(map + 5, 4096, MS_SYNC));
    say_result("no bytes", msync(map, 0, MS_SYNC));
    MUST(munmap(map + 4096, 4096));
    say_result("over a hole", msync(map, 3 * 4096, MS_SYNC));
    char *anonymous = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    say_result("anonymous", msync(anonymous, 4096, MS_SYNC));
    say("size %ld [%s]\n", size_of("f"), map);
    return 0;
}
