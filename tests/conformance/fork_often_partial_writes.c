/* A heap that is forked 200 times, and partly written while each child lives, stays as large as it was. */
#include "observe.h"

#define PAGES 4096

static unsigned char *heap;
static unsigned expected[PAGES];

static unsigned random_number(void)
{
    static unsigned long state = 12345;
    state = state * 6364136223846793005UL + 1442695040888963407UL;
    return (unsigned)(state >> 33);
}

static unsigned *word_of(unsigned page)
{
    return (unsigned *)(heap + page * 4096UL + page % 1000 * 4);
}

static int wrong_pages(void)
{
    int wrong = 0;
    for (unsigned page = 0; page < PAGES; page++)
        wrong += *word_of(page) != expected[page];
    return wrong;
}

int main(void)
{
    heap = malloc(PAGES * 4096UL);
    for (unsigned page = 0; page < PAGES; page++)
        *word_of(page) = expected[page] = page + 1;
    int wrong = 0, end[2];
    for (unsigned round = 0; round < 200; round++) {
        make_pipe(end);
        pid_t child = fork_child();
        if (child == 0) {
            close(end[1]);
            char byte;
            MUST(read(end[0], &byte, 1)); /* until the parent has written */
            _exit(round % 20 == 0 && wrong_pages());
        }
        close(end[0]);
        for (unsigned i = 0, page = 0; i < PAGES / 4; i++) {
            page = (i % 8 ? page + 1 : random_number()) % PAGES;
            *word_of(page) = random_number();
            expected[page] = *word_of(page);
        }
        close(end[1]);
        wrong += reap(child) != 0;
    }
    say("children that saw a parent's later write: %d\n", wrong);
    say("wrong pages in the parent: %d\n", wrong_pages());
    return 0;
}
