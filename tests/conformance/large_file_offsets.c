/* offsets beyond 4 GB: a sparse file of 5 GB is written, sought, read and cut at them. */
#include "observe_files.h"

int main(void)
{
    const off_t far = 5LL << 30;
    int fd = open("f", O_RDWR | O_CREAT, 0644);
    say_result("pwrite", pwrite(fd, "far", 3, far));
    say("size %ld\n", size_of("f"));
    say_result("seek to the end", lseek(fd, 0, SEEK_END));
    say_result("back", lseek(fd, -3, SEEK_CUR));
    char text[4] = "";
    MUST(read(fd, text, 3));
    say("[%s]\n", text);
    char zero = 1;
    MUST(pread(fd, &zero, 1, far - 1));
    say("before it %d\n", zero);
    char *map = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, far);
    say("mapped [%.3s]\n", map);
    say_result("cut", ftruncate(fd, far - (1 << 20)));
    say("size %ld\n", size_of("f"));
    say_result("read behind", pread(fd, text, 3, far));
    say_result("too far", lseek(fd, INT64_MAX, SEEK_SET) < 0 ? -1 : 0);
    say_result("negative", pwrite(fd, "x", 1, -1));
    return 0;
}
