/* FIONBIO and FIOASYNC set O_NONBLOCK and O_ASYNC; getrandom refuses two sources; a pidfd below 0 is no pidfd. */
#include "observe.h"

#include <sys/random.h>

int main(void)
{
    int ends[2], on = 1, off = 0;
    make_pipe(ends);
    say_result("FIOASYNC", ioctl(ends[0], FIOASYNC, &on));
    say_result("FIONBIO", ioctl(ends[0], FIONBIO, &on));
    say("%d %d\n", (fcntl(ends[0], F_GETFL) & O_ASYNC) != 0, (fcntl(ends[0], F_GETFL) & O_NONBLOCK) != 0);
    say_result("FIOASYNC off", ioctl(ends[0], FIOASYNC, &off));
    say("%d %d\n", (fcntl(ends[0], F_GETFL) & O_ASYNC) != 0, (fcntl(ends[0], F_GETFL) & O_NONBLOCK) != 0);
    say_result("no pointer", ioctl(ends[0], FIOASYNC, NULL));
    say_result("closed", ioctl(1000, FIOASYNC, &on));
    char bytes[4];
    say_result("both", getrandom(bytes, sizeof bytes, GRND_RANDOM | 4));
    say_result("one", getrandom(bytes, sizeof bytes, 4));
    siginfo_t info;
    say_result("waitid", waitid((idtype_t)3, (id_t)-1, &info, WEXITED));
    return 0;
}
