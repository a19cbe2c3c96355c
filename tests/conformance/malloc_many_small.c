/* many small blocks of mixed sizes keep their contents through free and realloc. */
#include "observe.h"

enum { COUNT = 5000 };
static unsigned char *blocks[COUNT];

int main(void)
{
    int wrong = 0;
    for (int i = 0; i < COUNT; i++) {
        size_t size = (size_t)(i * 37 % 1000 + 1);
        blocks[i] = malloc(size);
        memset(blocks[i], i & 0xff, size);
    }
    for (int i = 0; i < COUNT; i += 2)
        free(blocks[i]);
    for (int i = 1; i < COUNT; i += 2)
        blocks[i] = realloc(blocks[i], (size_t)(i % 3000 + 1001));
    for (int i = 1; i < COUNT; i += 2) {
        for (int k = 0; k < i * 37 % 1000 + 1; k++)
            wrong += blocks[i][k] != (i & 0xff);
    }
    say("wrong bytes: %d\n", wrong);
    return 0;
}
