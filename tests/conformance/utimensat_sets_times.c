/* utimensat sets times to the nanosecond, to now, or leaves them. */
#include "files.h"
#include "observe.h"

int main(void)
{
    struct stat status;
    put("f", "x");
    struct timespec times[2] = {{1000, 5}, {2000, 7}};
    MUST(utimensat(AT_FDCWD, "f", times, 0));
    MUST(stat("f", &status));
    say("%ld.%ld %ld.%ld\n", (long)status.st_atim.tv_sec, status.st_atim.tv_nsec, (long)status.st_mtim.tv_sec,
        status.st_mtim.tv_nsec);
    times[0].tv_nsec = UTIME_OMIT;
    times[1].tv_nsec = UTIME_NOW;
    MUST(utimensat(AT_FDCWD, "f", times, 0));
    MUST(stat("f", &status));
    say("%ld, now %d\n", (long)status.st_atim.tv_sec, status.st_mtim.tv_sec > 1000000000);
    times[0] = times[1] = (struct timespec){42, 0};
    int fd = open("f", O_RDONLY);
    MUST(futimens(fd, times));
    MUST(fstat(fd, &status));
    say("%ld\n", (long)status.st_mtim.tv_sec);
    times[0].tv_nsec = 1000000000;
    say_result("invalid", utimensat(AT_FDCWD, "f", times, 0));
    MUST(symlink("f", "l"));
    times[0] = times[1] = (struct timespec){77, 0};
    MUST(utimensat(AT_FDCWD, "l", times, AT_SYMLINK_NOFOLLOW));
    MUST(lstat("l", &status));
    say("link %ld\n", (long)status.st_mtim.tv_sec);
    MUST(stat("f", &status));
    say("file %ld\n", (long)status.st_mtim.tv_sec);
    return 0;
}
