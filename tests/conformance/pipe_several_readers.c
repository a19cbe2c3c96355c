/* every byte goes to exactly one of several readers. */
#include "observe.h"

enum { READERS = 3, BYTES = 20000 };

int main(void)
{
    int ends[2], results[2];
    make_pipe(ends);
    make_pipe(results);
    for (int r = 0; r < READERS; r++) {
        if (fork_child() == 0) {
            close_fd(ends[1]);
            long sum[2] = {0, 0};
            unsigned char buffer[64];
            ssize_t n;
            while ((n = read(ends[0], buffer, sizeof buffer)) > 0) {
                sum[0] += n;
                for (ssize_t i = 0; i < n; i++)
                    sum[1] += buffer[i];
            }
            _exit(write(results[1], sum, sizeof sum) == sizeof sum ? 0 : 1);
        }
    }
    close_fd(ends[0]);
    long expected = 0, total[2] = {0, 0};
    for (int i = 0; i < BYTES; i++) {
        unsigned char byte = (unsigned char)(i % 251);
        expected += byte;
        MUST(write(ends[1], &byte, 1));
    }
    close_fd(ends[1]);
    for (int r = 0; r < READERS; r++) {
        long sum[2];
        MUST(read(results[0], sum, sizeof sum));
        total[0] += sum[0];
        total[1] += sum[1];
        say_status("reader", reap(-1));
    }
    say("bytes %ld, sum as written: %d\n", total[0], total[1] == expected);
    return 0;
}
