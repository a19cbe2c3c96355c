/*
 * leftovers leave|find WHAT: leaves bytes behind in memory that others will have after it, or looks for those
 * of others; 42: found. leftovers unfinished: children that end in the middle of an instruction, and honest
 * ones after them.
 */
#include "tables.h"

#define SECRET_BYTES 24
#define MB (1UL << 20)
#define LARGE (24 * MB)
#define FAR (MB / 2) /* in a pipe's memory, behind what an honest writer uses */

/* Written so that who looks for it has no copy itself. */
static char letter(size_t i)
{
    return (char)(((volatile const char *)"TFDSFU.PG.BOPUIFS.GBNJMZ")[i] - 1);
}

static int is_secret(const char *at)
{
    for (size_t i = 0; i < SECRET_BYTES; i++)
        if (at[i] != letter(i))
            return 0;
    return 1;
}

static void fill(char *at, size_t bytes)
{
    for (size_t i = 0; i < SECRET_BYTES; i++)
        at[i] = letter(i);
    for (size_t i = 32; i + 32 <= bytes; i += 32)
        memcpy(at + i, at, SECRET_BYTES);
}

static int holds(const char *at, size_t bytes)
{
    for (size_t i = 0; i + 32 <= bytes; i += 32)
        if (at[i] && is_secret(at + i))
            return 1;
    return 0;
}

static char *private_memory(void)
{
    return (char *)direct(0);
}

/* What an honest program uses, and what lies behind it. */
static void leave_memory(void)
{
    fill(malloc(MB / 2), MB / 2);
    uint64_t from = (CONTROL->frames_next + UB_PAGE) & ~(uint64_t)(UB_PAGE - 1);
    fill(private_memory() + from, CONTROL->ram_limit - from);
}

static int find_memory(void)
{
    return holds(private_memory(), CONTROL->ram_limit);
}

/* Memory that was never used reads as zero. */
static int find_fresh(void)
{
    const char *at = mmap(NULL, 2 * MB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (size_t i = 0; i < 2 * MB; i++)
        if (at[i])
            return 1;
    return 0;
}

static void leave_large(void)
{
    char *at = mmap(NULL, LARGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    fill(at, LARGE);
}

/* The pieces that a large heap is made of, past what was handed out of them. */
static int find_large(void)
{
    char *at = mmap(NULL, LARGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (size_t i = 0; i < LARGE && !CONTROL->extents[0].end; i += UB_PAGE)
        at[i] = 1;
    for (int i = 0; i < UB_EXTENTS; i++) {
        uint64_t start = CONTROL->extents[i].start, end = CONTROL->extents[i].end;
        if (end > start && holds((const char *)direct(start), end - start))
            return 1;
    }
    return 0;
}

static char *pipe_memory(void)
{
    return (char *)(UB_WINDOW + (uint64_t)hypercall(UB_HC_PIPE_CREATE, 0, 0, 0, 0, 0) * UB_SEGMENT_BYTES);
}

static void leave_pipes(void)
{
    for (int i = 0; i < 8; i++)
        fill(pipe_memory() + FAR, FAR);
}

static int find_pipes(void)
{
    int found = 0;
    for (int i = 0; i < 8; i++)
        found |= holds(pipe_memory() + FAR, FAR);
    return found;
}

static void leave_file(void)
{
    int fd = open("file", O_CREAT | O_RDWR | O_TRUNC, 0600);
    char text[32];
    fill(text, sizeof text);
    if (write(fd, text, sizeof text) < 0)
        perror("write");
    if (!is_secret(mmap(NULL, UB_PAGE, PROT_READ, MAP_PRIVATE, fd, 0)))
        printf("not mapped\n");
}

/* In the first place of the window, where nothing is now: ends this process, if all is well. */
static int find_file(void)
{
    return is_secret((const char *)UB_WINDOW);
}

/* A page whose entry leads to where no memory is. */
static char *nowhere(void)
{
    char *at = mmap(NULL, 64 * UB_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    at[0] = 1;
    *entry_of((uint64_t)at + 40 * UB_PAGE) = (UB_GPA_WINDOW + (4UL << 30)) | TABLES_ALL;
    return at + 40 * UB_PAGE;
}

static void read_nowhere(int how)
{
    char *at = nowhere(), copy[64];
    if (how == 0)
        (void)*(volatile uint64_t *)at;
    else if (how == 1)
        __asm__ volatile("movups (%0), %%xmm0" : : "r"(at) : "xmm0", "memory");
    else if (how == 2)
        __asm__ volatile("rep movsb" : : "D"(copy), "S"(at), "c"(64) : "memory");
    else
        *(volatile uint64_t *)at = 1;
}

static void unfinished(void)
{
    for (int i = 0; i < 16; i++) {
        int status = 0;
        pid_t child = fork();
        if (child == 0) {
            if (i % 2 == 0)
                read_nowhere(i / 2 % 4);
            char *at = mmap(NULL, MB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            memset(at, i, MB);
            _exit(at[MB - 1]);
        }
        waitpid(child, &status, 0);
        if (i % 2 != 0 && status != i << 8)
            printf("child %d: %#x\n", i, (unsigned)status);
    }
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*leave)(void);
        int (*find)(void);
    } all[] = {{"memory", leave_memory, find_memory},
               {"fresh", leave_memory, find_fresh},
               {"large", leave_large, find_large},
               {"pipes", leave_pipes, find_pipes},
               {"file", leave_file, find_file}};
    if (argc == 2 && is(argv[1], "unfinished"))
        unfinished();
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (argc == 3 && is(argv[2], all[i].name)) {
            if (is(argv[1], "find"))
                return all[i].find() ? 42 : 0;
            all[i].leave();
        }
    printf("done\n");
    return 0;
}
