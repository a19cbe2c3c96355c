/* code in a file runs from a mapping with PROT_EXEC, and not from one without. */
#include "observe_files.h"

typedef int (*number_function)(void);
static char *map;

static void call_it(void)
{
    say("returned %d\n", ((number_function)(uintptr_t)map)());
}

int main(void)
{
    /* mov $42, %eax; ret */
    static const unsigned char code[] = {0xb8, 42, 0, 0, 0, 0xc3};
    int fd = open("code", O_RDWR | O_CREAT, 0755);
    MUST(write(fd, code, sizeof code));
    map = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0);
    say_status("private", run_child(call_it));
    map = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_SHARED, fd, 0);
    say_status("shared", run_child(call_it));
    map = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
    say_status("without PROT_EXEC", run_child(call_it));
    MUST(mprotect(map, 4096, PROT_READ | PROT_EXEC));
    say_status("made executable", run_child(call_it));
    return 0;
}
