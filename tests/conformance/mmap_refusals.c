/* mmap and mprotect refuse unknown flags when validated, and writing what was opened to read. */
#include "observe.h"

static void map(const char *what, int protection, int flags, int fd)
{
    void *at = mmap(NULL, 4096, protection, flags, fd, 0);
    say_result(what, at == MAP_FAILED ? -1 : 0);
}

int main(void)
{
    int file = open("f", O_RDWR | O_CREAT, 0600), zero = open("/dev/zero", O_RDONLY),
        out = open("f", O_WRONLY);
    MUST(ftruncate(file, 4096));
    map("unknown flag", PROT_READ, MAP_SHARED_VALIDATE | 1 << 10, file);
    map("unknown flag, MAP_SHARED", PROT_READ, MAP_SHARED | 1 << 10, file);
    map("validated", PROT_READ, MAP_SHARED_VALIDATE | MAP_POPULATE, file);
    map("validated, anonymous", PROT_READ, MAP_SHARED_VALIDATE | MAP_ANONYMOUS, -1);
    map("no type", PROT_READ, MAP_ANONYMOUS, -1);
    map("/dev/zero for reading", PROT_READ, MAP_SHARED, zero);
    map("/dev/zero for writing", PROT_READ | PROT_WRITE, MAP_SHARED, zero);
    map("/dev/zero, private", PROT_READ | PROT_WRITE, MAP_PRIVATE, zero);
    map("opened for writing alone", PROT_READ, MAP_PRIVATE, out);
    map("path", PROT_READ, MAP_PRIVATE, open("f", O_PATH));
    char *at = mmap(NULL, 4096, PROT_READ, MAP_SHARED, zero, 0);
    say_result("made writable", mprotect(at, 4096, PROT_READ | PROT_WRITE));
    at = mmap(NULL, 4096, PROT_READ, MAP_SHARED, open("f", O_RDONLY), 0);
    say_result("file made writable", mprotect(at, 4096, PROT_READ | PROT_WRITE));
    return 0;
}
