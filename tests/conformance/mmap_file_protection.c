/* mprotect cannot make a shared mapping of a read-only descriptor writable; a private one it can. */
#include "observe_files.h"

static char *map;

static void write_it(void)
{
    *(volatile char *)map = 'W';
}

int main(void)
{
    put("f", "text");
    int read_only = open("f", O_RDONLY), read_write = open("f", O_RDWR);
    map = mmap(NULL, 4096, PROT_READ, MAP_SHARED, read_only, 0);
    say_result("shared, read-only descriptor", mprotect(map, 4096, PROT_READ | PROT_WRITE));
    map = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, read_only, 0);
    say_status("write before", run_child(write_it));
    say_result("private, read-only descriptor", mprotect(map, 4096, PROT_READ | PROT_WRITE));
    say_status("write after", run_child(write_it));
    write_it();
    say("mapping [%.4s]\n", map);
    show("f");
    map = mmap(NULL, 4096, PROT_READ, MAP_SHARED, read_write, 0);
    say_result("shared, writable descriptor", mprotect(map, 4096, PROT_READ | PROT_WRITE));
    write_it();
    show("f");
    say_result("none", mprotect(map, 4096, PROT_NONE));
    say_status("write to none", run_child(write_it));
    say_result("back", mprotect(map, 4096, PROT_READ));
    say("mapping [%.4s]\n", map);
    say_status("write to read-only", run_child(write_it));
    return 0;
}
