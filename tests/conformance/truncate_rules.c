/* truncate and ftruncate shrink and grow with zeros. */
#include "files.h"
#include "observe.h"

int main(void)
{
    char text[16];
    put("f", "0123456789");
    say_result("shrink", truncate("f", 4));
    show("f");
    int fd = open("f", O_RDWR);
    say_result("grow", ftruncate(fd, 8));
    say_result("size", lseek(fd, 0, SEEK_END));
    MUST(pread(fd, text, 8, 0));
    say("%.4s %d %d\n", text, text[4], text[7]);
    say_result("negative", ftruncate(fd, -1));
    MUST(mkdir("d", 0755));
    say_result("directory", truncate("d", 0));
    say_result("missing", truncate("none", 0));
    int reader = open("f", O_RDONLY);
    say_result("read-only", ftruncate(reader, 0));
    return 0;
}
