/* preadv2 and pwritev2: RWF_NOWAIT does not wait for a pipe, RWF_APPEND goes to the end, RWF_DSYNC and RWF_SYNC are heard, others are EOPNOTSUPP. */
#include "observe.h"

int main(void)
{
    char bytes[16] = {0};
    char ab[] = "ab", cd[] = "cd";
    struct iovec part = {bytes, 5}, parts[2] = {{ab, 2}, {cd, 2}};
    int file = open("file", O_RDWR | O_CREAT, 0644), ends[2];
    MUST(file);
    MUST(write(file, "hello world", 11));
    say_result("at once", preadv2(file, &part, 1, 0, RWF_NOWAIT));
    say("%.5s\n", bytes);
    say_result("own offset", preadv2(file, &part, 1, -1, RWF_HIPRI));
    say_result("behind the end", pwritev2(file, parts, 2, 0, RWF_APPEND));
    say("offset %ld\n", (long)lseek(file, 0, SEEK_CUR));
    MUST(lseek(file, 3, SEEK_SET));
    say_result("behind the end", pwritev2(file, parts, 1, -1, RWF_APPEND));
    say("offset %ld\n", (long)lseek(file, 0, SEEK_CUR));
    say_result("kept", pwritev2(file, parts, 1, 1, RWF_DSYNC));
    say_result("kept", pwritev2(file, parts, 1, 3, RWF_SYNC | RWF_DSYNC));
    say_result("unknown", pwritev2(file, parts, 1, 0, 0x40000000));
    say_result("unknown", preadv2(file, &part, 1, 0, -1));
    say_result("negative offset", preadv2(file, &part, 1, -2, 0));
    say_result("too many", preadv2(file, &part, (int)opaque(2000), 0, 0));
    char all[32] = {0};
    say_result("all", pread(file, all, sizeof all, 0));
    say("%s\n", all);
    say_result("flags", fcntl(file, F_GETFL) & O_APPEND);

    make_pipe(ends);
    say_result("empty pipe", preadv2(ends[0], &part, 1, -1, RWF_NOWAIT));
    say_result("write", pwritev2(ends[1], parts, 2, -1, RWF_NOWAIT | RWF_APPEND));
    say_result("full of them", preadv2(ends[0], &part, 1, -1, RWF_NOWAIT));
    say_result("with an offset", pwritev2(ends[1], parts, 2, 0, 0));
    long written = 0, result;
    struct iovec large = {all, sizeof all};
    while ((result = pwritev2(ends[1], &large, 1, -1, RWF_NOWAIT)) > 0)
        written += result;
    say("%ld, then ", written);
    say_result("full pipe", result);
    say_result("status flags", fcntl(ends[0], F_GETFL) & O_NONBLOCK);
    return 0;
}
