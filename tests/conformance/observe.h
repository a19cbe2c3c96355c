/*
 * How a conformance program says what it observed. Output is written at once with write(2), so that nothing
 * waits in a buffer across fork; a call that must not fail ends the program with status 99 and a line on
 * stderr.
 */
#ifndef UNIBENCH_OBSERVE_H
#define UNIBENCH_OBSERVE_H

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static inline void say(const char *format, ...)
{
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (write(STDOUT_FILENO, line, (size_t)length) != length)
        _exit(98);
}

#define MUST(call)                                                                                 \
    do {                                                                                           \
        if ((call) < 0) {                                                                          \
            dprintf(STDERR_FILENO, "%s:%d: %s: %s\n", __FILE__, __LINE__, #call, strerror(errno)); \
            _exit(99);                                                                             \
        }                                                                                          \
    } while (0)

static inline const char *error_name(int error)
{
    static const struct {
        int number;
        const char *name;
    } names[] = {
        {EAGAIN, "EAGAIN"},
        {EBADF, "EBADF"},
        {ECHILD, "ECHILD"},
        {EFAULT, "EFAULT"},
        {EINTR, "EINTR"},
        {EINVAL, "EINVAL"},
        {EIO, "EIO"},
        {EMFILE, "EMFILE"},
        {ENOENT, "ENOENT"},
        {ENOMEM, "ENOMEM"},
        {ENOSYS, "ENOSYS"},
        {ENOTTY, "ENOTTY"},
        {EPERM, "EPERM"},
        {EPIPE, "EPIPE"},
        {ESPIPE, "ESPIPE"},
        {ESRCH, "ESRCH"},
        {EACCES, "EACCES"},
        {EBUSY, "EBUSY"},
        {ENOEXEC, "ENOEXEC"},
        {EEXIST, "EEXIST"},
        {ENXIO, "ENXIO"},
        {ETIMEDOUT, "ETIMEDOUT"},
        {EOWNERDEAD, "EOWNERDEAD"},
        {ENOTRECOVERABLE, "ENOTRECOVERABLE"},
        {EMSGSIZE, "EMSGSIZE"},
        {ENOTCONN, "ENOTCONN"},
        {EDEADLK, "EDEADLK"},
        {EFBIG, "EFBIG"},
        {ENOTSOCK, "ENOTSOCK"},
        {EISCONN, "EISCONN"},
        {EOVERFLOW, "EOVERFLOW"},
        {ELOOP, "ELOOP"},
        {ECONNRESET, "ECONNRESET"},
        {ECONNREFUSED, "ECONNREFUSED"},
        {EADDRINUSE, "EADDRINUSE"},
        {EADDRNOTAVAIL, "EADDRNOTAVAIL"},
        {EAFNOSUPPORT, "EAFNOSUPPORT"},
        {EPROTONOSUPPORT, "EPROTONOSUPPORT"},
        {ESOCKTNOSUPPORT, "ESOCKTNOSUPPORT"},
        {EPROTOTYPE, "EPROTOTYPE"},
        {ENOPROTOOPT, "ENOPROTOOPT"},
        {EOPNOTSUPP, "EOPNOTSUPP"},
        {EDESTADDRREQ, "EDESTADDRREQ"},
        {EINPROGRESS, "EINPROGRESS"},
        {EALREADY, "EALREADY"},
        {ENETUNREACH, "ENETUNREACH"},
        {ENOBUFS, "ENOBUFS"},
        {ENOTDIR, "ENOTDIR"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].number == error)
            return names[i].name;
    }
    return strerror(error);
}

/* Says the result of a call, or -1 and the error's name. */
static inline void say_result(const char *call, long result)
{
    if (result < 0)
        say("%s: -1 %s\n", call, error_name(errno));
    else
        say("%s: %ld\n", call, result);
}

static inline void say_status(const char *who, int status)
{
    if (WIFEXITED(status))
        say("%s: exit %d\n", who, WEXITSTATUS(status));
    else if (WIFSIGNALED(status))
        say("%s: killed by signal %d\n", who, WTERMSIG(status));
    else if (WIFSTOPPED(status))
        say("%s: stopped by signal %d\n", who, WSTOPSIG(status));
    else if (WIFCONTINUED(status))
        say("%s: continued\n", who);
    else
        say("%s: unknown status\n", who);
}

static inline void close_fd(int fd)
{
    MUST(close(fd));
}

static inline void make_pipe(int ends[2])
{
    MUST(pipe(ends));
}

static inline pid_t fork_child(void)
{
    pid_t child = fork();
    MUST(child);
    return child;
}

static inline int reap(pid_t child)
{
    int status;
    MUST(waitpid(child, &status, 0));
    return status;
}

/* Forks a child that runs body and exits 0, and waits for it; the child leaves no core file. */
static inline int run_child(void (*body)(void))
{
    pid_t child = fork_child();
    if (child == 0) {
        body();
        _exit(0);
    }
    return reap(child);
}

static inline void send_byte(int fd, char byte)
{
    MUST(write(fd, &byte, 1));
}

/* The next byte, or -1 at the end of file. */
static inline int take_byte(int fd)
{
    unsigned char byte;
    ssize_t n = read(fd, &byte, 1);
    MUST(n);
    return n == 0 ? -1 : byte;
}

static inline void handle(int number, void (*handler)(int), int flags)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    MUST(sigaction(number, &action, NULL));
}

static inline void block(int how, int number)
{
    sigset_t set;
    MUST(sigemptyset(&set));
    MUST(sigaddset(&set, number));
    MUST(sigprocmask(how, &set, NULL));
}

static inline sigset_t set_of(int number)
{
    sigset_t set;
    MUST(sigemptyset(&set));
    MUST(sigaddset(&set, number));
    return set;
}

/* Starts (or with 0 stops) a repeated SIGALRM, ITIMER_VIRTUAL's SIGVTALRM or ITIMER_PROF's SIGPROF. */
static inline void repeat_timer(int which, int milliseconds)
{
    struct itimerval timer = {{0, milliseconds * 1000}, {0, milliseconds * 1000}};
    MUST(setitimer(which, &timer, NULL));
}

/* A value that the compiler knows nothing about. */
static inline uintptr_t opaque(uintptr_t value)
{
    __asm__ volatile("" : "+r"(value));
    return value;
}

#endif
