/* of a private mapping of a file that parent and children read, then write in part, everybody sees its own pages, whatever an earlier child did at the same place. */
#include "observe.h"
#include <stdbool.h>

#define PAGE 4096
#define PAGES 8

static volatile char *map(int file)
{
    char *memory = mmap(0, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    if (memory == MAP_FAILED)
        _exit(97);
    return memory;
}

static void read_and_write(volatile char *memory)
{
    int sum = 0;
    for (int i = 0; i < PAGES; i++)
        sum += memory[i * PAGE];
    memory[0] = (char)sum;
}

static void in_child(int round, const char *name, volatile char *memory, bool changes)
{
    pid_t child = fork();
    if (child == 0) {
        if (changes)
            read_and_write(memory);
        say("%d %s: %c %c\n", round, name, memory[3 * PAGE], memory[6 * PAGE]);
        _exit(0);
    }
    reap(child);
}

int main(void)
{
    int file = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
    MUST(file);
    static char page[PAGE];
    memset(page, 'f', PAGE);
    for (int i = 0; i < PAGES; i++)
        MUST(write(file, page, PAGE));
    for (int round = 0; round < 3; round++) {
        volatile char *memory = map(file);
        in_child(round, "first", memory, true);
        read_and_write(memory);
        memory[3 * PAGE] = 'p';
        in_child(round, "second", memory, false);
        memory[6 * PAGE] = 'q';
        in_child(round, "third", memory, true);
        MUST(munmap((void *)(uintptr_t)memory, PAGES * PAGE));
    }
    MUST(unlink("file"));
    return 0;
}
