/* lseek past the end leaves a hole of zeros; negative offsets are EINVAL. */
#include "observe.h"

int main(void)
{
    char text[16];
    int fd = open("f", O_RDWR | O_CREAT, 0600);
    MUST(write(fd, "ab", 2));
    say_result("end", lseek(fd, 5000, SEEK_END));
    MUST(write(fd, "z", 1));
    say_result("size", lseek(fd, 0, SEEK_END));
    say_result("negative", lseek(fd, -1, SEEK_SET));
    say_result("whence", lseek(fd, 0, 77));
    MUST(lseek(fd, 4990, SEEK_SET));
    say_result("read", read(fd, text, 13));
    int zeros = 0;
    for (int i = 0; i < 12; i++)
        zeros += text[i] == 0;
    say("%d zeros, %c\n", zeros, text[12]);
    say_result("at end", read(fd, text, 1));
    return 0;
}
