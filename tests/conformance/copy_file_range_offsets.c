/* copy_file_range by offsets leaves the descriptors' own alone; overlaps, pipes and devices are refused. */
#include "observe_files.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    put("f", "0123456789");
    put("g", "..........");
    int in = open("f", O_RDWR), out = open("g", O_RDWR), append = open("g", O_WRONLY | O_APPEND);
    off64_t from = 3, to = 5;
    say_result("by offsets", copy_file_range(in, &from, out, &to, 4, 0));
    say("%ld %ld, %ld %ld\n", (long)from, (long)to, (long)lseek(in, 0, SEEK_CUR),
        (long)lseek(out, 0, SEEK_CUR));
    show("g");
    say_result("by descriptors", copy_file_range(in, NULL, out, NULL, 100, 0));
    show("g");
    say_result("at the end", copy_file_range(in, NULL, out, NULL, 100, 0));
    from = 0;
    to = 20;
    say_result("behind the end", copy_file_range(in, &from, out, &to, 2, 0));
    say("size %ld\n", size_of("g"));
    from = 0;
    to = 5;
    say_result("overlap", copy_file_range(in, &from, in, &to, 8, 0));
    to = 5;
    say_result("same file apart", copy_file_range(in, &from, in, &to, 5, 0));
    show("f");
    say_result("to append", copy_file_range(in, NULL, append, NULL, 1, 0));
    say_result("from a pipe", copy_file_range(ends[0], NULL, out, NULL, 1, 0));
    int full = open("/dev/full", O_RDWR), null = open("/dev/null", O_RDWR), here = open(".", O_RDONLY);
    say_result("to a device", copy_file_range(in, NULL, full, NULL, 1, 0));
    say_result("from a device", copy_file_range(null, NULL, out, NULL, 1, 0));
    say_result("from a directory to a device", copy_file_range(here, NULL, full, NULL, 1, 0));
    say_result("flags", copy_file_range(in, NULL, out, NULL, 1, 5));
    return 0;
}
