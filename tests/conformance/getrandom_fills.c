/* getrandom fills the whole buffer, differently each time and in each process. */
#include "observe.h"

#include <sys/random.h>

int main(void)
{
    unsigned char bytes[3][256], told[256];
    int ends[2];
    make_pipe(ends);
    memset(bytes, 0, sizeof bytes);
    say("%zd %zd\n", getrandom(bytes[0], 256, 0), getrandom(bytes[1], 256, GRND_NONBLOCK));
    int zero = 0;
    for (int i = 0; i < 256; i++)
        zero += bytes[0][i] == 0;
    say("filled: %d, different: %d\n", zero < 20, memcmp(bytes[0], bytes[1], 256) != 0);
    if (fork_child() == 0) {
        MUST(getrandom(bytes[2], 256, 0));
        MUST(write(ends[1], bytes[2], 256));
        _exit(0);
    }
    MUST(getrandom(bytes[2], 256, 0));
    MUST(read(ends[0], told, 256));
    say("child's differ: %d\n", memcmp(bytes[2], told, 256) != 0);
    return 0;
}
