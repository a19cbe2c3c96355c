/* write and waitpid interrupted again and again by a handler with SA_RESTART go on to their end. */
#include "observe.h"

static volatile int count;
static int gate[2];

static void on_alarm(int number)
{
    (void)number;
    if (++count == 5)
        send_byte(gate[1], 'g');
}

int main(void)
{
    static char block_of_bytes[300000];
    int data[2], done = 0;
    make_pipe(data);
    make_pipe(gate);
    handle(SIGALRM, on_alarm, SA_RESTART);
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(data[1]);
        take_byte(gate[0]);
        ssize_t n;
        while ((n = read(data[0], block_of_bytes, sizeof block_of_bytes)) > 0)
            done += (int)n;
        say("read %d\n", done);
        take_byte(gate[0]);
        _exit(5);
    }
    repeat_timer(ITIMER_REAL, 2);
    while (done < (int)sizeof block_of_bytes) {
        ssize_t n = write(data[1], block_of_bytes + done, sizeof block_of_bytes - (size_t)done);
        MUST(n);
        done += (int)n;
    }
    close_fd(data[1]);
    count = 0;
    say_status("child", reap(child));
    say("interrupted %d\n", count >= 5);
    return 0;
}
