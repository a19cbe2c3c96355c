/* touching a mapped page behind the end of its file is SIGBUS. */
#include "files.h"
#include "observe.h"

static void touch(void)
{
    int fd = open("f", O_RDONLY);
    volatile char *at = mmap(NULL, 8192, PROT_READ, MAP_SHARED, fd, 0);
    say("%d\n", at[4096]);
}

static void last(void)
{
    int fd = open("f", O_RDONLY);
    volatile char *at = mmap(NULL, 8192, PROT_READ, MAP_SHARED, fd, 0);
    say("%d %d\n", at[0], at[4095]);
}

int main(void)
{
    put("f", "x");
    say_status("behind the end", run_child(touch));
    say_status("the last page", run_child(last));
    return 0;
}
