/* calls on the wrong kind of file: reading a directory, listing a file, seeking a pipe, mapping either. */
#include "observe_files.h"

#include <sys/syscall.h>

int main(void)
{
    char buffer[512];
    int ends[2];
    make_pipe(ends);
    put("f", "text");
    MUST(mkdir("d", 0755));
    int d = open("d", O_RDONLY | O_DIRECTORY), f = open("f", O_RDONLY);
    say_result("read a directory", read(d, buffer, sizeof buffer));
    say_result("pread a directory", pread(d, buffer, sizeof buffer, 0));
    say_result("write a directory", write(d, "x", 1));
    say_result("truncate a directory", truncate("d", 0));
    say_result("ftruncate a directory", ftruncate(d, 0));
    say_result("getdents of a file", syscall(SYS_getdents64, f, buffer, sizeof buffer));
    say_result("getdents of a pipe", syscall(SYS_getdents64, ends[0], buffer, sizeof buffer));
    say_result("getdents into 10 bytes", syscall(SYS_getdents64, d, buffer, 10));
    say_result("write a read-only file", write(f, "x", 1));
    say_result("ftruncate a read-only file", ftruncate(f, 0));
    say_result("ftruncate a pipe", ftruncate(ends[1], 0));
    say_result("fchdir to a file", fchdir(f));
    say_result("chdir to a file", chdir("f"));
    say_result("rmdir of a file", rmdir("f"));
    say_result("unlink of a directory", unlink("d"));
    say_result("readlink of a directory", readlink("d", buffer, sizeof buffer));
    say_result("mmap of a directory", mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, d, 0) == MAP_FAILED ? -1 : 0);
    say_result("mmap of a pipe", mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, ends[0], 0) == MAP_FAILED ? -1 : 0);
    say_result("openat below a pipe", openat(ends[0], "x", O_RDONLY));
    return 0;
}
