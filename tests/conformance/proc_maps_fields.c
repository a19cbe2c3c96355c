/* /proc/self/maps, smaps, smaps_rollup and pagemap tell of what is mapped and touched. */
#include "observe_files.h"
#include "proc_fields.h"

/* The line of the area that the address is in; NULL for none. */
static char *line_of(const char *path, const void *address)
{
    unsigned long start, end;
    for (char *line = proc_text(path); line && *line;
         line = strchr(line, '\n') ? strchr(line, '\n') + 1 : line + strlen(line))
        if (sscanf(line, "%lx-%lx ", &start, &end) == 2 && start <= (unsigned long)address &&
            (unsigned long)address < end)
            return line;
    return NULL;
}

static void tell(const char *what, const void *address)
{
    unsigned long start, end, offset, inode;
    unsigned major, minor;
    char rights[8], *line = line_of("/proc/self/maps", address);
    if (!line) {
        say("%s: none\n", what);
        return;
    }
    char name[512] = "";
    line[strcspn(line, "\n")] = 0;
    MUST(sscanf(line, "%lx-%lx %7s %lx %x:%x %lu %511s", &start, &end, rights, &offset, &major, &minor,
                &inode, name));
    say("%s: %s %lx inode %d [%s]\n", what, rights, offset, inode != 0,
        strrchr(name, '/') ? strrchr(name, '/') : name);
}

/* Kilobytes of a field of the area's part of smaps. */
static long amount(const void *address, const char *name)
{
    char *line = line_of("/proc/self/smaps", address), wanted[64];
    snprintf(wanted, sizeof wanted, "\n%s:", name);
    char *found = line ? strstr(line, wanted) : NULL;
    return found ? atol(found + strlen(wanted)) : -1;
}

static int present(const void *address)
{
    uint64_t entry = 0;
    int fd = open("/proc/self/pagemap", O_RDONLY);
    MUST(fd);
    MUST(pread(fd, &entry, 8, (off_t)((uintptr_t)address / 4096 * 8)));
    close_fd(fd);
    return (int)(entry >> 63);
}

int main(void)
{
    put("file", "content");
    MUST(truncate("file", 3 * 4096));
    int fd = open("file", O_RDWR);
    char *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 8192);
    char *private = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 4096);
    char *none = mmap(NULL, 1 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *memory = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int local;
    MUST(mprotect(memory + 65536, 4096, PROT_READ));
    tell("shared", shared);
    tell("private", private);
    tell("stack", &local);
    tell("no rights", none + 4096);
    tell("read-only part", memory + 65536);
    tell("nothing", (void *)16);
    say("before: Size %ld, Rss %ld, present %d\n", amount(memory, "Size"), amount(memory, "Rss"),
        present(memory));
    for (int i = 0; i < 16; i++)
        memory[i * 4096] = 1;
    say("after: Size %ld, Rss %ld, Anonymous %ld, present %d, Locked %ld\n", amount(memory, "Size"),
        amount(memory, "Rss"), amount(memory, "Anonymous"), present(memory), amount(memory, "Locked"));
    say("swap %ld, page %ld\n", amount(memory, "Swap"), amount(memory, "KernelPageSize"));
    char *rollup = proc_text("/proc/self/smaps_rollup");
    say("rollup %d, Rss %d\n", strstr(rollup, "[rollup]\n") != NULL,
        proc_number("/proc/self/smaps_rollup", "Rss", 10) > 64);
    return 0;
}
