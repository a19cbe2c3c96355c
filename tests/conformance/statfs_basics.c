/* statfs and statvfs tell block size, name length and free blocks, by path and by descriptor. */
#include "observe_files.h"

#include <sys/statfs.h>
#include <sys/statvfs.h>

int main(void)
{
    struct statfs a, b;
    struct statvfs v;
    put("f", "x");
    int fd = open("f", O_RDONLY);
    say_result("statfs", statfs("f", &a));
    say_result("fstatfs", fstatfs(fd, &b));
    say("alike %d\n", a.f_type == b.f_type && a.f_bsize == b.f_bsize && a.f_blocks == b.f_blocks);
    say("sensible %d\n", a.f_bsize >= 512 && a.f_bfree <= a.f_blocks && a.f_bavail <= a.f_bfree);
    say("name length %ld\n", (long)a.f_namelen);
    say_result("statvfs", statvfs(".", &v));
    say("block size %d, names %lu\n", v.f_bsize == (unsigned long)a.f_bsize, v.f_namemax);
    say("read only %d\n", (v.f_flag & ST_RDONLY) != 0);
    say_result("missing", statfs("none", &a));
    say_result("below a file", statfs("f/g", &a));
    say_result("bad descriptor", fstatfs(-1, &a));
    say("pathconf %ld %ld\n", pathconf(".", _PC_NAME_MAX), pathconf(".", _PC_PATH_MAX));
    return 0;
}
