/* Code that is mapped to be read, as by a program that translates it, is what the file has. */
#include "observe.h"

int main(void)
{
    int fd = open("/proc/self/exe", O_RDONLY);
    MUST(fd);
    struct stat status;
    MUST(fstat(fd, &status));
    size_t bytes = (size_t)status.st_size;
    char *code = mmap(NULL, bytes, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0), *file = malloc(bytes);
    if (code == MAP_FAILED || !file)
        return 1;
    size_t have = 0;
    for (ssize_t n = 1; n > 0 && have < bytes; have += (size_t)n) {
        n = pread(fd, file + have, bytes - have, (off_t)have);
        MUST(n);
    }
    size_t different = 0;
    for (size_t i = 0; i < bytes; i++)
        different += code[i] != file[i];
    say("read all: %d, different: %zu\n", have == bytes, different);
    return 0;
}
