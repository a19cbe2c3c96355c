/* 64 MB can be allocated, written and freed ten times over. */
#include "observe.h"

enum { SIZE = 64 << 20 };

int main(void)
{
    int wrong = 0;
    for (int round = 0; round < 10; round++) {
        unsigned char *area = malloc(SIZE);
        if (area == NULL)
            return 1;
        for (int i = 0; i < SIZE; i += 1 << 16)
            area[i] = (unsigned char)(round + 1);
        for (int i = 0; i < SIZE; i += 1 << 16)
            wrong += area[i] != round + 1;
        free(area);
    }
    say("wrong: %d\n", wrong);
    return 0;
}
