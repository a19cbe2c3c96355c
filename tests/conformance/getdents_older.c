/* the older getdents lists what getdents64 does, with the kind of each entry at its end. */
#include "observe_files.h"

#include <dirent.h>
#include <sys/syscall.h>

struct old_entry {
    unsigned long inode;
    long offset;
    unsigned short length;
    char name[];
};

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int main(void)
{
    static char bytes[4096], lines[16][300];
    char *sorted[16];
    int count = 0;
    MUST(mkdir("directory", 0755));
    put("file", "");
    MUST(symlink("file", "a link with a longer name"));
    int here = open(".", O_RDONLY | O_DIRECTORY), file = open("file", O_RDONLY);
    long got;
    say("no room: %s\n", syscall(SYS_getdents, here, bytes, 1) < 0 ? error_name(errno) : "?");
    while ((got = syscall(SYS_getdents, here, bytes, sizeof bytes)) > 0)
        for (long at = 0; at < got;) {
            struct old_entry *e = (struct old_entry *)(void *)(bytes + at);
            snprintf(lines[count], sizeof lines[count], "%s %d", e->name, ((char *)e)[e->length - 1]);
            sorted[count] = lines[count];
            count++;
            at += e->length;
        }
    say_result("at the end", got);
    qsort(sorted, (size_t)count, sizeof *sorted, by_name);
    for (int i = 0; i < count; i++)
        if (sorted[i][0] != '.')
            say("%s\n", sorted[i]);
    say("%d entries\n", count);
    say("a file: %d\n", syscall(SYS_getdents, file, bytes, sizeof bytes) < 0 && errno == ENOTDIR);
    return 0;
}
