/* a write beyond RLIMIT_FSIZE is cut short at it, then EFBIG with SIGXFSZ, which kills by default. */
#include "observe.h"

static volatile int count;

static void on_limit(int number)
{
    (void)number;
    count++;
}

static void kills(void)
{
    int file = open("f", O_RDWR | O_CREAT | O_TRUNC, 0600);
    MUST(file);
    handle(SIGXFSZ, SIG_DFL, 0);
    say_result("ftruncate", ftruncate(file, 101));
}

int main(void)
{
    char bytes[80] = "";
    struct rlimit limit = {100, 100}, none = {0, 0};
    int file = open("f", O_RDWR | O_CREAT | O_TRUNC, 0600);
    MUST(file);
    MUST(setrlimit(RLIMIT_FSIZE, &limit));
    MUST(setrlimit(RLIMIT_CORE, &none));
    handle(SIGXFSZ, on_limit, 0);
    int ends[2];
    make_pipe(ends);
    say_result("write", write(file, bytes, sizeof bytes));
    say_result("write", write(file, bytes, sizeof bytes));
    int at_limit = (int)write(file, bytes, 1);
    say_result("write", at_limit);
    say("SIGXFSZ %d\n", count);
    say_result("pipe", write(ends[1], bytes, sizeof bytes));
    say_status("child", run_child(kills));
    MUST(unlink("f"));
    return 0;
}
