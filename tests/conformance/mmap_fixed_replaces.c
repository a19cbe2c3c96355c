/* MAP_FIXED replaces what was mapped there with fresh zero pages. */
#include "observe.h"

int main(void)
{
    char *area = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(area, 'a', 3 * 4096);
    char *middle =
        mmap(area + 4096, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    say("where asked: %d\n", middle == area + 4096);
    say("%d %d %d\n", area[0], area[4096], area[8192]);
    return 0;
}
