/* sendfile and copy_file_range look at descriptors and offset before anything is moved. */
#include "observe.h"

#include <sys/sendfile.h>

int main(void)
{
    int in = open("in", O_RDWR | O_CREAT, 0600), out = open("out", O_RDWR | O_CREAT, 0600), p[2];
    int reads = open("in", O_RDONLY), writes = open("out", O_WRONLY),
        appends = open("out", O_WRONLY | O_APPEND);
    off_t offset = -1;
    MUST(write(in, "text", 4));
    MUST(pipe(p));
    say_result("to what reads", sendfile(reads, reads, 0, 1));
    say_result("from what writes", sendfile(out, writes, 0, 1));
    say_result("nothing to what reads", sendfile(reads, reads, 0, 0));
    say_result("offset -1", sendfile(out, reads, &offset, 1));
    say_result("to what appends", sendfile(appends, reads, 0, 1));
    say_result("to a pipe's read end", sendfile(p[0], reads, 0, 1));
    say_result("to a path", sendfile(open("out", O_PATH), reads, 0, 1));
    offset = 1;
    say_result("to a pipe", sendfile(p[1], reads, &offset, 9));
    say("offset %ld\n", (long)offset);
    say_result("copy to what reads", copy_file_range(in, &(off_t){0}, reads, &(off_t){2}, 1, 0));
    say_result("copy from what writes", copy_file_range(writes, &(off_t){0}, in, &(off_t){2}, 1, 0));
    return 0;
}
