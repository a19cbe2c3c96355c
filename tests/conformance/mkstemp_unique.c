/* mkstemp, mkostemp and mkdtemp make new private names each time, with the flags asked for. */
#include "observe_files.h"

int main(void)
{
    char a[] = "tmpXXXXXX", b[] = "tmpXXXXXX", c[] = "pre-XXXXXX.txt", d[] = "dirXXXXXX", bad[] = "tmpXXX";
    int first = mkstemp(a), second = mkstemp(b);
    MUST(first);
    MUST(second);
    struct stat s;
    MUST(fstat(first, &s));
    say("different %d, mode %o, size %ld\n", strcmp(a, b) != 0, (unsigned)s.st_mode, (long)s.st_size);
    say("status flags %d\n", (fcntl(first, F_GETFL) & O_ACCMODE) == O_RDWR);
    int third = mkostemps(c, 4, O_CLOEXEC | O_APPEND);
    MUST(third);
    say("suffix %s, cloexec %d, append %d\n", c + strlen(c) - 4, fcntl(third, F_GETFD),
        !!(fcntl(third, F_GETFL) & O_APPEND));
    say("directory %d\n", mkdtemp(d) == d);
    MUST(stat(d, &s));
    say("mode %o\n", (unsigned)s.st_mode);
    say_result("too few X", mkstemp(bad));
    MUST(write(first, "kept", 4));
    MUST(unlink(a));
    char text[5] = "";
    MUST(pread(first, text, 4, 0));
    say("[%s]\n", text);
    return 0;
}
