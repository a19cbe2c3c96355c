/* statx tells what stat tells. */
#include "files.h"
#include "observe.h"

int main(void)
{
    struct stat status;
    struct statx wide;
    put("f", "123");
    MUST(stat("f", &status));
    MUST(statx(AT_FDCWD, "f", 0, STATX_BASIC_STATS, &wide));
    say("%d %d %d %d\n", wide.stx_size == 3, wide.stx_ino == status.st_ino, wide.stx_mode == status.st_mode,
        wide.stx_nlink == 1);
    int fd = open("f", O_RDONLY);
    MUST(statx(fd, "", AT_EMPTY_PATH, STATX_SIZE, &wide));
    say("by descriptor %d\n", (int)wide.stx_size);
    int ends[2];
    make_pipe(ends);
    MUST(statx(ends[0], "", AT_EMPTY_PATH, STATX_TYPE, &wide));
    say("pipe %d\n", S_ISFIFO(wide.stx_mode));
    say_result("missing", statx(AT_FDCWD, "none", 0, STATX_SIZE, &wide));
    return 0;
}
