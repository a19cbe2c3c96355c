/* writing past RLIMIT_FSIZE is SIGXFSZ, or EFBIG if that is ignored; what fits is written. */
#include "observe.h"

/* Both report by their status: standard output may be a file, too. */
static void killed(void)
{
    struct rlimit limit = {4, 4};
    int fd = open("g", O_RDWR | O_CREAT, 0600);
    MUST(setrlimit(RLIMIT_FSIZE, &limit));
    if (write(fd, "1234", 4) != 4)
        _exit(1);
    write(fd, "5", 1);
}

static void refused(void)
{
    struct rlimit limit = {4, 4};
    int fd = open("f", O_RDWR | O_CREAT, 0600);
    MUST(setrlimit(RLIMIT_FSIZE, &limit));
    signal(SIGXFSZ, SIG_IGN);
    int partly = write(fd, "123456", 6) == 4, no_more = write(fd, "x", 1) < 0 && errno == EFBIG;
    _exit(partly * 2 + no_more);
}

int main(void)
{
    struct rlimit core = {0, 0};
    MUST(setrlimit(RLIMIT_CORE, &core));
    say_status("past the limit", run_child(killed));
    say_status("ignored", run_child(refused));
    return 0;
}
