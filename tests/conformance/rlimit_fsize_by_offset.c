/* pwrite, truncate and fallocate heed RLIMIT_FSIZE as write does: cut short at it, then EFBIG with SIGXFSZ; a file that is not to grow is left alone. */
#include "observe.h"

static volatile int count;
static int results[16], errors[16], made;

static void on_limit(int number)
{
    (void)number;
    count++;
}

/* Standard output may be a file, too: what is seen is said when the limit is gone. */
static void note(long result)
{
    errors[made] = errno;
    results[made++] = (int)result;
}

int main(void)
{
    char bytes[80] = "";
    struct iovec part = {bytes, sizeof bytes};
    int file = open("f", O_RDWR | O_CREAT | O_TRUNC, 0600),
        large = open("g", O_RDWR | O_CREAT | O_TRUNC, 0600);
    MUST(file);
    MUST(large);
    MUST(ftruncate(large, 300));
    struct rlimit before, limit;
    MUST(getrlimit(RLIMIT_FSIZE, &before));
    limit = before;
    limit.rlim_cur = 100;
    MUST(setrlimit(RLIMIT_FSIZE, &limit));
    handle(SIGXFSZ, on_limit, 0);

    note(pwrite(file, bytes, sizeof bytes, 10));
    note(pwrite(file, bytes, sizeof bytes, 90));
    note(pwrite(file, bytes, sizeof bytes, 100));
    note(pwritev(file, &part, 1, 120));
    note(ftruncate(file, 101));
    note(truncate("f", 101));
    note(truncate("f", 100));
    note(fallocate(file, 0, 50, 51));
    note(fallocate(file, 0, 200, 0));
    note(ftruncate(large, 200));
    note(truncate("g", 150));
    note(ftruncate(large, 201));

    MUST(setrlimit(RLIMIT_FSIZE, &before));
    for (int i = 0; i < made; i++)
        say("%d: %d %s\n", i, results[i], results[i] < 0 ? error_name(errors[i]) : "");
    say("SIGXFSZ %d\n", count);
    return 0;
}
