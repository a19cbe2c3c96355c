/* parent and child share the offset of an inherited file; a second open has its own. */
#include "files.h"
#include "observe.h"

int main(void)
{
    put("f", "abcdefghij");
    char text[8] = "";
    int fd = open("f", O_RDONLY), other = open("f", O_RDONLY);
    MUST(read(fd, text, 2));
    pid_t child = fork_child();
    if (child == 0) {
        MUST(read(fd, text, 3));
        say("child %.3s\n", text);
        _exit(0);
    }
    reap(child);
    MUST(read(fd, text, 2));
    say("parent %.2s\n", text);
    MUST(read(other, text, 2));
    say("own %.2s\n", text);
    int copy = dup(fd);
    MUST(lseek(copy, 1, SEEK_SET));
    MUST(read(fd, text, 1));
    say("dup %.1s\n", text);
    return 0;
}
