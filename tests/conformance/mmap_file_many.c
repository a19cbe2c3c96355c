/* many mappings of one file and several files live side by side, with holes between. */
#include "observe.h"

int main(void)
{
    int fd = open("f", O_RDWR | O_CREAT, 0600);
    for (int i = 0; i < 64; i++) {
        char page[4096];
        memset(page, 'A' + i % 26, sizeof page);
        MUST(write(fd, page, sizeof page));
    }
    char *maps[64];
    int good = 0;
    for (int i = 0; i < 64; i++)
        maps[i] =
            mmap(NULL, 4096, PROT_READ | PROT_WRITE, i % 2 ? MAP_SHARED : MAP_PRIVATE, fd, (off_t)i * 4096);
    for (int i = 0; i < 64; i += 3)
        MUST(munmap(maps[i], 4096));
    for (int i = 0; i < 64; i++)
        if (i % 3)
            good += maps[i][17] == 'A' + i % 26;
    say("%d\n", good);
    char *whole = mmap(NULL, 64 * 4096, PROT_READ, MAP_PRIVATE, fd, 0);
    MUST(munmap(whole + 4096, 4096));
    say("%c %c\n", whole[0], whole[8192]);
    return 0;
}
