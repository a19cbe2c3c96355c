/*
 * Pseudo-terminals: a pair, what is typed at its master, and what each end has to read. What is typed reaches the
 * other end a moment later; a read or a poll of that end waits for it.
 */
#ifndef UNIBENCH_OBSERVE_TERMINAL_H
#define UNIBENCH_OBSERVE_TERMINAL_H

#include "observe.h"

#include <termios.h>

static inline int open_master(void)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    MUST(master);
    MUST(grantpt(master));
    MUST(unlockpt(master));
    return master;
}

/* The other end; O_NOCTTY is the caller's to say. */
static inline int open_slave(int master, int flags)
{
    int slave = open(ptsname(master), flags);
    MUST(slave);
    return slave;
}

static inline void open_pair(int *master, int *slave)
{
    *master = open_master();
    *slave = open_slave(*master, O_RDWR | O_NOCTTY);
}

static inline void type_bytes(int master, const char *bytes, size_t count)
{
    if (write(master, bytes, count) != (ssize_t)count)
        _exit(97);
}

static inline void type(int master, const char *text)
{
    type_bytes(master, text, strlen(text));
}

static inline void say_bytes(const char *what, const char *bytes, ssize_t count)
{
    char line[800];
    size_t at = 0;
    for (ssize_t i = 0; i < count && at < sizeof line - 8; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte >= ' ' && byte < 127 && byte != '\\')
            line[at++] = (char)byte;
        else
            at += (size_t)snprintf(line + at, 6, "\\x%02x", byte);
    }
    line[at] = 0;
    say("%s: %zd [%s]\n", what, count, line);
}

/* One read. */
static inline void say_read(const char *what, int fd, size_t most)
{
    char bytes[256];
    ssize_t count = read(fd, bytes, most < sizeof bytes ? most : sizeof bytes);
    if (count < 0)
        say_result(what, count);
    else
        say_bytes(what, bytes, count);
}

/* As many reads as these bytes take: where they are cut is not the point. */
static inline void say_all(const char *what, int fd, size_t wanted)
{
    char bytes[256];
    size_t done = 0;
    while (done < wanted) {
        ssize_t count = read(fd, bytes + done, wanted - done);
        MUST(count);
        if (count == 0)
            break;
        done += (size_t)count;
    }
    say_bytes(what, bytes, (ssize_t)done);
}

/* What poll says at once. */
static inline int events_of(int fd, int events)
{
    struct pollfd one = {fd, (short)events, 0};
    MUST(poll(&one, 1, 0));
    return one.revents;
}

static inline void say_events(const char *what, int fd)
{
    int seen = events_of(fd, POLLIN | POLLOUT | POLLPRI);
    say("%s:%s%s%s%s%s\n", what, seen & POLLIN ? " in" : "", seen & POLLOUT ? " out" : "",
        seen & POLLPRI ? " pri" : "", seen & POLLHUP ? " hup" : "", seen & POLLERR ? " err" : "");
}

/* Waits until these events are there. */
static inline void await(int fd, int events)
{
    struct pollfd one = {fd, (short)events, 0};
    MUST(poll(&one, 1, -1));
}

/* Waits until a process sleeps: in the only call that is left to it. */
static inline void await_asleep(pid_t process)
{
    char path[64], text[256], *state;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)process);
    do {
        int fd = open(path, O_RDONLY);
        MUST(fd);
        ssize_t count = read(fd, text, sizeof text - 1);
        MUST(count);
        text[count] = 0;
        close_fd(fd);
        state = strrchr(text, ')');
    } while (!state || state[2] != 'S');
}

static inline struct termios modes_of(int fd)
{
    struct termios modes;
    MUST(tcgetattr(fd, &modes));
    return modes;
}

static inline void set_modes(int fd, const struct termios *modes)
{
    MUST(tcsetattr(fd, TCSANOW, modes));
}

static inline void change_local(int fd, tcflag_t off, tcflag_t on)
{
    struct termios modes = modes_of(fd);
    modes.c_lflag = (modes.c_lflag & ~off) | on;
    set_modes(fd, &modes);
}

static inline void change_input(int fd, tcflag_t off, tcflag_t on)
{
    struct termios modes = modes_of(fd);
    modes.c_iflag = (modes.c_iflag & ~off) | on;
    set_modes(fd, &modes);
}

static inline void change_output(int fd, tcflag_t off, tcflag_t on)
{
    struct termios modes = modes_of(fd);
    modes.c_oflag = (modes.c_oflag & ~off) | on;
    set_modes(fd, &modes);
}

/* Every byte as it is, so many at once and so long between them. */
static inline void make_raw(int fd, int least, int tenths)
{
    struct termios modes = modes_of(fd);
    cfmakeraw(&modes);
    modes.c_cc[VMIN] = (cc_t)least;
    modes.c_cc[VTIME] = (cc_t)tenths;
    set_modes(fd, &modes);
}

/* Leads a session that this terminal controls. */
static inline int lead_session(int master)
{
    MUST(setsid());
    return open_slave(master, O_RDWR);
}

#endif
