/* fallocate grows a file with zeros, or keeps its size; bad ranges and descriptors are refused. */
#include "observe_files.h"

int main(void)
{
    put("f", "data");
    int fd = open("f", O_RDWR), read_only = open("f", O_RDONLY), ends[2];
    make_pipe(ends);
    say_result("grow", fallocate(fd, 0, 0, 10000));
    say("size %ld\n", size_of("f"));
    char byte = 'x', head[5] = "";
    MUST(pread(fd, &byte, 1, 9999));
    MUST(pread(fd, head, 4, 0));
    say("last %d, first [%s]\n", byte, head);
    say_result("keep size", fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 100000));
    say("size %ld\n", size_of("f"));
    say_result("inside", fallocate(fd, 0, 10, 20));
    say("size %ld\n", size_of("f"));
    say("posix_fallocate %d\n", posix_fallocate(fd, 15000, 1000));
    say("size %ld\n", size_of("f"));
    say_result("no bytes", fallocate(fd, 0, 0, 0));
    say_result("negative", fallocate(fd, 0, -1, 5));
    say_result("read only", fallocate(read_only, 0, 0, 5));
    say_result("pipe", fallocate(ends[1], 0, 0, 5));
    return 0;
}
