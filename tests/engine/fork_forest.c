/*
 * Trees of forks with random writers: fork_forest FORKS PAGES SEED [THIN]. Every process changes pages at
 * random with whatever a program can do to its memory, and checks every page against a list of what must be
 * there: its own changes and those before its fork, no others. THIN: so many times fewer writes, for more
 * forks in the same time. Prints how many processes there were and how many pages were wrong.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096, MARK = 64 };

static unsigned char *heap;
static uint32_t *expected;
static long pages;
static uint64_t state;
static uint32_t thin = 1;
static int told[2];

static uint32_t draw(uint32_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % below);
}

/* What a page has in its first and last bytes, and at a place of its own; zero: nothing was ever written. */
static void marks_of(long page, unsigned char *at[3])
{
    at[0] = heap + page * PAGE;
    at[1] = at[0] + PAGE - MARK;
    at[2] = at[0] + MARK + page * 200 % (PAGE - 3 * MARK);
}

static void fill(unsigned char mark[MARK], uint32_t value)
{
    for (int i = 0; i < MARK; i += 4)
        memcpy(mark + i, &value, 4);
}

static void write_page(long page, uint32_t value)
{
    unsigned char *at[3], mark[MARK];
    marks_of(page, at);
    fill(mark, value);
    for (int i = 0; i < 3; i++)
        memcpy(at[i], mark, MARK); /* vector instructions, where the C library has some */
    expected[page] = value;
}

static void write_some(uint32_t most)
{
    uint32_t count = draw(most / thin + 1);
    while (count-- > 0) {
        long first = draw((uint32_t)pages), run = draw(16) ? 1 : draw(600) + 1;
        uint32_t value = draw(1u << 30) + 1;
        for (long page = first; page < first + run && page < pages; page++)
            write_page(page, value + (uint32_t)page);
    }
}

/* Pages become zero, go away and come back, or move from one place to the other. */
static void change_mappings(void)
{
    long run = draw(draw(4) ? 30 : 1500) + 1, first = draw((uint32_t)(pages - run));
    unsigned char *at = heap + first * PAGE;
    size_t bytes = (size_t)run * PAGE;
    switch (draw(4)) {
    case 0:
        if (madvise(at, bytes, MADV_DONTNEED))
            abort();
        memset(expected + first, 0, (size_t)run * 4);
        break;
    case 1:
        if (mmap(at, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != at)
            abort();
        memset(expected + first, 0, (size_t)run * 4);
        break;
    case 2:
        if (mprotect(at, bytes, PROT_READ) || mprotect(at, bytes, PROT_READ | PROT_WRITE))
            abort();
        break;
    default: {
        unsigned char *away =
            mremap(at, bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, heap + (pages + 64) * PAGE);
        if (away == MAP_FAILED || mremap(away, bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, at) != at)
            abort();
        break;
    }
    }
}

static long wrong_pages(void)
{
    long wrong = 0;
    unsigned char *at[3], mark[MARK];
    for (long page = 0; page < pages; page++) {
        marks_of(page, at);
        fill(mark, expected[page]);
        for (int i = 0; i < 3; i++)
            if (memcmp(at[i], mark, MARK)) {
                wrong++;
                break;
            }
    }
    return wrong;
}

static void tell(long wrong)
{
    if (write(told[1], &wrong, sizeof wrong) != sizeof wrong)
        _exit(1);
}

/* A child that has this process's memory itself until it ends. */
static void borrow(void)
{
    pid_t child = vfork();
    if (child == 0) {
        write_some(40);
        change_mappings();
        _exit(0);
    }
    if (child < 0 || waitpid(child, NULL, 0) != child)
        _exit(2);
}

/* One process: has so many forks below it to make. */
static void grow(long forks)
{
    long wrong = 0;
    write_some(100);
    while (forks > 0) {
        long below = draw(4) ? draw(forks < 8 ? (uint32_t)forks : 8) : draw((uint32_t)forks);
        pid_t child = fork();
        if (child == 0) {
            state ^= (uint64_t)getpid() << 20;
            grow(below);
            _exit(0);
        }
        if (child < 0)
            _exit(2);
        forks -= 1 + below;
        write_some(60);
        if (draw(3) == 0)
            change_mappings();
        if (draw(8) == 0)
            borrow();
        if (draw(2) == 0)
            wrong += wrong_pages();
        int status;
        if (waitpid(child, &status, 0) != child || status)
            wrong++;
        write_some(30);
    }
    tell(wrong + wrong_pages());
}

int main(int argc, char **argv)
{
    if (argc < 4 || argc > 5)
        return 2;
    long forks = atol(argv[1]), processes = 0, failed = 0, wrong;
    pages = atol(argv[2]);
    if (argc > 4)
        thin = (uint32_t)atol(argv[4]);
    if (pages < 2048 || thin == 0)
        return 2;
    state = strtoul(argv[3], NULL, 10);
    heap = mmap(NULL, (size_t)(pages * 2 + 64) * PAGE, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    expected = calloc((size_t)pages, sizeof *expected);
    if (heap == MAP_FAILED || !expected || pipe(told))
        return 1;
    for (long page = 0; page < pages; page++)
        write_page(page, (uint32_t)page + 1);
    while (forks > 0) {
        long tree = draw(40) + 1;
        tree = tree < forks ? tree : forks;
        pid_t root = fork();
        if (root == 0) {
            close(told[0]);
            grow(tree - 1);
            _exit(0);
        }
        if (root < 0)
            return 1;
        write_some(100);
        forks -= tree;
        int status;
        if (waitpid(root, &status, 0) != root || status)
            failed++;
        for (long i = 0; i < tree && read(told[0], &wrong, sizeof wrong) == sizeof wrong; i++) {
            processes++;
            failed += wrong != 0;
        }
        failed += wrong_pages();
    }
    printf("%ld processes, %ld failed\n", processes, failed);
    return 0;
}
