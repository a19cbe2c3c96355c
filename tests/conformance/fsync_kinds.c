/* fsync and fdatasync succeed for files and directories, EINVAL for pipes, EBADF for none. */
#include "observe_files.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    put("f", "x");
    int writing = open("f", O_WRONLY), reading = open("f", O_RDONLY), directory = open(".", O_RDONLY);
    MUST(write(writing, "synced", 6));
    say_result("file", fsync(writing));
    say_result("data", fdatasync(writing));
    say_result("read-only descriptor", fsync(reading));
    say_result("directory", fsync(directory));
    say_result("pipe", fsync(ends[1]));
    say_result("pipe data", fdatasync(ends[0]));
    say_result("closed", fsync(99));
    say_result("whole file system", syncfs(reading));
    int sync_file = open("f", O_WRONLY | O_SYNC | O_APPEND);
    say_result("O_SYNC write", write(sync_file, "!", 1));
    show("f");
    return 0;
}
