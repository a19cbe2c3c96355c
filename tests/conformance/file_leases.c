/* leases: what may have one, and an open that conflicts tells the holder and waits until it agrees. */
#include "observe.h"

static void get(const char *what, int fd)
{
    int kind = fcntl(fd, F_GETLEASE);
    say("%s: %s\n", what,
        kind == F_RDLCK   ? "read"
        : kind == F_WRLCK ? "write"
        : kind == F_UNLCK ? "none"
                          : "error");
}

static sigset_t set;

/* The parent has the lease; a child opens the file, which blocks until the parent comes down to what is
 * given. */
static void break_by(const char *what, int fd, int flags, int to)
{
    int p[2];
    MUST(pipe(p));
    pid_t child = fork_child();
    if (child == 0) {
        errno = 0;
        char byte = open("f", flags | O_NONBLOCK) < 0 && errno == EAGAIN ? 'r' : 'o';
        send_byte(p[1], byte);
        int opened = open("f", flags);
        send_byte(p[1], opened < 0 ? 'n' : 'y');
        _exit(0);
    }
    siginfo_t info = {0};
    say("%s: not waiting %c", what, take_byte(p[0]));
    say(" signal %d", sigwaitinfo(&set, &info));
    say(" code %d fd %d\n", info.si_code, info.si_fd == fd);
    get("wanted", fd);
    say_result("comes down", fcntl(fd, F_SETLEASE, to));
    say("opened %c\n", take_byte(p[0]));
    reap(child);
    get("left", fd);
    close_fd(p[0]);
    close_fd(p[1]);
}

int main(void)
{
    int fd = open("f", O_RDWR | O_CREAT, 0600), p[2];
    set = set_of(SIGUSR1);
    MUST(sigprocmask(SIG_BLOCK, &set, NULL));
    MUST(pipe(p));
    get("fresh", fd);
    say_result("read lease of what writes", fcntl(fd, F_SETLEASE, F_RDLCK));
    say_result("write lease", fcntl(fd, F_SETLEASE, F_WRLCK));
    get("has", fd);
    say_result("gives it up", fcntl(fd, F_SETLEASE, F_UNLCK));
    say_result("has none", fcntl(fd, F_SETLEASE, F_UNLCK));
    say_result("no kind", fcntl(fd, F_SETLEASE, 7));
    say_result("of a pipe", fcntl(p[0], F_SETLEASE, F_RDLCK));
    int other = open("f", O_RDONLY);
    say_result("opened twice", fcntl(fd, F_SETLEASE, F_WRLCK));
    close_fd(fd);
    say_result("read lease", fcntl(other, F_SETLEASE, F_RDLCK));
    int second = open("f", O_RDONLY);
    say_result("another one", fcntl(second, F_SETLEASE, F_RDLCK));
    say_result("write lease beside them", fcntl(second, F_SETLEASE, F_WRLCK));
    close_fd(second);
    MUST(fcntl(other, F_SETSIG, SIGUSR1));
    break_by("written", other, O_WRONLY, F_UNLCK);
    close_fd(other);
    fd = open("f", O_RDWR);
    MUST(fcntl(fd, F_SETLEASE, F_WRLCK));
    MUST(fcntl(fd, F_SETSIG, SIGUSR1));
    break_by("read", fd, O_RDONLY, F_UNLCK);
    say_result("signal left", fcntl(fd, F_GETSIG));
    say_result("owner left", fcntl(fd, F_GETOWN));
    MUST(fcntl(fd, F_SETLEASE, F_WRLCK));
    MUST(fcntl(fd, F_SETSIG, SIGUSR1));
    break_by("truncated", fd, O_RDONLY | O_TRUNC, F_UNLCK);
    close_fd(fd);
    fd = open("f", O_RDONLY);
    MUST(fcntl(fd, F_SETLEASE, F_WRLCK));
    MUST(fcntl(fd, F_SETSIG, SIGUSR1));
    break_by("read by another reader", fd, O_RDONLY, F_RDLCK);
    return 0;
}
