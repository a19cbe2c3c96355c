/* sendfile moves bytes from a file to a pipe or file and its offset with them. */
#include "files.h"
#include "observe.h"
#include <sys/sendfile.h>

int main(void)
{
    put("f", "0123456789");
    int in = open("f", O_RDONLY), ends[2];
    make_pipe(ends);
    char text[16] = "";
    say_result("to a pipe", sendfile(ends[1], in, NULL, 4));
    say_result("offset", lseek(in, 0, SEEK_CUR));
    MUST(read(ends[0], text, 4));
    say("%s\n", text);
    off_t at = 6;
    int out = open("g", O_RDWR | O_CREAT, 0600);
    say_result("from an offset", sendfile(out, in, &at, 100));
    say("%ld\n", (long)at);
    show("g");
    say_result("from a pipe", sendfile(out, ends[0], NULL, 1));
    say_result("copy_file_range", copy_file_range(in, NULL, out, NULL, 3, 0));
    show("g");
    return 0;
}
