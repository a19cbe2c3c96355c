/* Every process of a tree of forks sees its own writes and those before its fork, no others. */
#include "observe.h"

#define PAGES 3072 /* 12 MB */
#define WORD (4096 / sizeof(unsigned))

static volatile unsigned *heap;
static unsigned expected[PAGES];

static unsigned next(unsigned *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void write_pages(unsigned *state, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        unsigned page = next(state) % PAGES, value = next(state);
        /* One page, or a run of pages. */
        unsigned run = value % 16 ? 1 : value / 16 % 200;
        for (unsigned k = 0; k < run && page + k < PAGES; k++) {
            expected[page + k] = value + k;
            heap[(page + k) * WORD] = heap[(page + k) * WORD + WORD - 1] = value + k;
        }
    }
}

static int wrong_pages(void)
{
    int wrong = 0;
    for (unsigned page = 0; page < PAGES; page++)
        wrong += heap[page * WORD] != expected[page] || heap[page * WORD + WORD - 1] != expected[page];
    return wrong;
}

/* Writes, forks, writes while the child lives, checks, and again after it is gone. */
static int grow(unsigned seed, int depth)
{
    unsigned state = seed;
    int wrong = 0;
    write_pages(&state, 300);
    for (int child = 0; depth > 0 && child < 2; child++) {
        pid_t pid = fork_child();
        if (pid == 0)
            _exit(grow(seed * 7 + (unsigned)child + 1, depth - 1) != 0);
        write_pages(&state, 150);
        wrong += wrong_pages();
        wrong += reap(pid) != 0;
        write_pages(&state, 100);
    }
    return wrong + wrong_pages();
}

int main(void)
{
    heap = mmap(NULL, PAGES * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (unsigned round = 0; round < 3; round++)
        say("round %u: %d wrong\n", round, grow(round * 1000 + 17, 4));
    return 0;
}
