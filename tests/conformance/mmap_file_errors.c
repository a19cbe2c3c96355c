/* mmap asks for rights that the descriptor has, and for a file. */
#include "files.h"
#include "observe.h"

int main(void)
{
    put("f", "x");
    int reader = open("f", O_RDONLY), writer = open("f", O_WRONLY), ends[2];
    make_pipe(ends);
    say_result("shared write, read-only",
               mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, reader, 0) == MAP_FAILED ? -1 : 0);
    say_result("write-only", mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, writer, 0) == MAP_FAILED ? -1 : 0);
    say_result("pipe", mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, ends[0], 0) == MAP_FAILED &&
                           (errno == ENODEV || errno == EACCES));
    say_result("closed", mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 99, 0) == MAP_FAILED ? -1 : 0);
    say_result("offset", mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, reader, 5) == MAP_FAILED ? -1 : 0);
    char *at = mmap(NULL, 4096, PROT_READ, MAP_SHARED, reader, 0);
    say_result("write by mprotect", mprotect(at, 4096, PROT_READ | PROT_WRITE));
    return 0;
}
