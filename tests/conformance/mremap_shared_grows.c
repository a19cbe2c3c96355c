/* mremap: a shared file grows as far as it goes, anonymous memory keeps its size. */
#include "observe.h"

#include <setjmp.h>

static sigjmp_buf out;

static void fault(int number)
{
    siglongjmp(out, number);
}

static void touch(const char *what, volatile char *at)
{
    int number = sigsetjmp(out, 1);
    if (number == 0)
        *at = 7;
    say("%s: %s\n", what, number == SIGBUS ? "SIGBUS" : number ? "another signal" : "there");
}

int main(void)
{
    const size_t mb = 1 << 20;
    int fd = open("f", O_RDWR | O_CREAT, 0600);
    signal(SIGBUS, fault);
    signal(SIGSEGV, fault);
    MUST(ftruncate(fd, (off_t)(4 * mb)));
    char *file = mmap(NULL, 4 * mb, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    file[4 * mb - 1] = 'e';
    MUST(ftruncate(fd, (off_t)(8 * mb)));
    file = mremap(file, 4 * mb, 8 * mb, MREMAP_MAYMOVE);
    say("file %d old %c\n", file != MAP_FAILED, file[4 * mb - 1]);
    file[8 * mb - 1] = 'x';
    char byte;
    MUST(pread(fd, &byte, 1, (off_t)(8 * mb) - 1));
    say("written %c\n", byte);
    file = mremap(file, 8 * mb, 16 * mb, MREMAP_MAYMOVE);
    say("beyond its end %d\n", file != MAP_FAILED);
    touch("in the file", file + 8 * mb - 2);
    touch("behind it", file + 12 * mb);

    char *shared = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    strcpy(shared, "shared");
    shared = mremap(shared, 8192, 16384, MREMAP_MAYMOVE);
    say("anonymous %s\n", shared);
    touch("its end", shared + 8191);
    touch("behind", shared + 8192);
    char *second = mremap(shared, 0, 4096, MREMAP_MAYMOVE);
    second[0] = 'S';
    say("second view %s\n", shared);
    char *own = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    say_result("no second view of private memory", (long)mremap(own, 0, 4096, MREMAP_MAYMOVE));
    return 0;
}
