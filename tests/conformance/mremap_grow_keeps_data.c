/* mremap grows and shrinks a mapping, moving it if it must; data stay, new pages are zero. */
#include "observe.h"

enum { OLD = 1 << 16, NEW = 1 << 20 };

int main(void)
{
    char *area = mmap(NULL, OLD, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (int i = 0; i < OLD; i++)
        area[i] = (char)(i % 127 + 1);
    char *grown = mremap(area, OLD, NEW, MREMAP_MAYMOVE);
    if (grown == MAP_FAILED)
        return 1;
    int wrong = 0;
    for (int i = 0; i < NEW; i++)
        wrong += grown[i] != (i < OLD ? i % 127 + 1 : 0);
    say("wrong bytes: %d\n", wrong);
    say("shrinks in place: %d\n", mremap(grown, NEW, 4096, 0) == (void *)grown);
    say("first byte: %d\n", grown[0]);
    return 0;
}
