/* mappings at page offsets; the rest of the last page is zero and never reaches the file. */
#include "observe_files.h"

int main(void)
{
    int fd = open("f", O_RDWR | O_CREAT, 0600);
    for (char c = 'a'; c <= 'd'; c++) {
        char page[4096];
        memset(page, c, sizeof page);
        MUST(write(fd, page, c == 'd' ? 10 : sizeof page));
    }
    char *one = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 4096);
    char *last = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 2 * 4096);
    say("%c %c %c\n", one[0], last[0], last[4096]);
    int zeros = 1;
    for (int i = 10; i < 4096; i++)
        zeros &= last[4096 + i] == 0;
    say("rest is zero %d\n", zeros);
    last[4096 + 10] = 'z';
    last[4096 + 9] = 'e';
    MUST(msync(last, 8192, MS_SYNC));
    char text[12] = "";
    say_result("read of the end", pread(fd, text, 11, 3 * 4096));
    say("[%s] size %ld\n", text, size_of("f"));
    say_result("crooked", mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 100) == MAP_FAILED ? -1 : 0);
    say_result("no length", mmap(NULL, 0, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED ? -1 : 0);
    MUST(munmap(last + 4096, 4096));
    last[0] = 'C';
    MUST(pread(fd, text, 1, 2 * 4096));
    say("after a partial munmap %c\n", text[0]);
    char *fixed = mmap(one, 4096, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0);
    say("replaced %d %c\n", fixed == one, one[0]);
    return 0;
}
