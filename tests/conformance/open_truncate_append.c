/* O_TRUNC empties a file, O_APPEND writes at its end wherever the offset is. */
#include "files.h"
#include "observe.h"

int main(void)
{
    put("f", "hello");
    int fd = open("f", O_WRONLY | O_APPEND);
    MUST(fd);
    MUST(lseek(fd, 0, SEEK_SET));
    MUST(write(fd, " world", 6));
    say_result("offset", lseek(fd, 0, SEEK_CUR));
    close_fd(fd);
    show("f");
    fd = open("f", O_WRONLY | O_TRUNC);
    MUST(fd);
    close_fd(fd);
    show("f");
    return 0;
}
