/* opening a FIFO without its other side is interrupted by a handler (EINTR), and by a killing signal. */
#include "observe_files.h"

static void nothing(int number)
{
    (void)number;
}

static void open_and_wait(void)
{
    open("p", O_RDONLY);
}

int main(void)
{
    MUST(mkfifo("p", 0600));
    handle(SIGALRM, nothing, 0);
    struct itimerval often = {{0, 20000}, {0, 20000}}, never = {{0, 0}, {0, 0}};
    MUST(setitimer(ITIMER_REAL, &often, NULL));
    say_result("reader", open("p", O_RDONLY));
    say_result("writer", open("p", O_WRONLY));
    MUST(setitimer(ITIMER_REAL, &never, NULL));
    pid_t child = fork_child();
    if (child == 0) {
        open_and_wait();
        _exit(1);
    }
    MUST(kill(child, SIGTERM));
    say_status("killed reader", reap(child));
    handle(SIGALRM, nothing, SA_RESTART);
    MUST(setitimer(ITIMER_REAL, &often, NULL));
    child = fork_child();
    if (child == 0) {
        int fd = open("p", O_WRONLY);
        MUST(fd);
        send_byte(fd, 'x');
        _exit(0);
    }
    int fd = open("p", O_RDONLY);
    say("restarted: %c\n", fd >= 0 ? take_byte(fd) : '-');
    MUST(setitimer(ITIMER_REAL, &never, NULL));
    reap(child);
    return 0;
}
