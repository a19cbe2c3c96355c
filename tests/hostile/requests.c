/*
 * requests KIND: asks for what the monitor must never pass on to the host, each request in its harmless form
 * (nothing is changed where it is let through), and prints what was not refused as it should be.
 */
#include "hypercall.h"

static void expect(const char *what, long number, long result, long wanted)
{
    if (result != wanted)
        printf("%s %#lx: %ld\n", what, number, result);
}

static long control(long handle, long request)
{
    return hypercall(UB_HC_HOST_IOCTL, (uint64_t)handle, (uint64_t)request, 0, 0, 0);
}

static void ioctls(void)
{
    /* FIGETBSZ FS_IOC_GETFLAGS FS_IOC_FSGETXATTR FS_IOC_GETVERSION; FIOQSIZE BLKSSZGET RNDGETENTCNT */
    static const long files[] = {0x2, 0x80086601, 0x801c581f, 0x80087601, 0x5460, 0x1268, 0x80045200};
    /* FIOGETOWN SIOCGPGRP SIOCGIFNAME SIOCGIFCONF SIOCGIFFLAGS SIOCGIFADDR SIOCATMARK SIOCUNIXFILE */
    static const long sockets[] = {0x8903, 0x8904, 0x8910, 0x8912, 0x8913, 0x8915, 0x8905, 0x89e0};
    /* FIOCLEX FIONCLEX FIONBIO FIOASYNC TIOCGEXCL TIOCGDEV TIOCGPTPEER TIOCGPTN TCGETX TIOCLINUX TCGETA
     * TIOCGPKT */
    static const long any[] = {0x5451, 0x5450,     0x5421, 0x5452, 0x80045440, 0x80045432,
                               0x5441, 0x80045430, 0x5432, 0x541c, 0x5405,     0x80045438};
    int handles[4];
    make_pair(&handles[0], &handles[1]);
    memset((void *)(uintptr_t)BOUNCE, 0, 256);
    handles[2] = (int)hypercall(UB_HC_MAKE, SYS_memfd_create, 0, 0, 0, 0) & ~UB_OPEN_REGULAR;
    strcpy((char *)(uintptr_t)BOUNCE, "/dev/urandom");
    handles[3] = (int)hypercall(UB_HC_OPEN, UB_CWD, O_RDONLY, 0, 0, 0);
    memset((void *)(uintptr_t)BOUNCE, 0, 256);
    for (int h = 0; h < 4; h++) {
        for (size_t i = 0; i < sizeof files / sizeof *files; i++)
            expect("ioctl", files[i], control(handles[h], files[i]), -ENOTTY);
        for (size_t i = 0; i < sizeof sockets / sizeof *sockets; i++)
            expect("ioctl", sockets[i], control(handles[h], sockets[i]), -ENOTTY);
        for (size_t i = 0; i < sizeof any / sizeof *any; i++)
            expect("ioctl", any[i], control(handles[h], any[i]), -ENOTTY);
        expect("ioctl beyond 32 bits", 0x1541b, control(handles[h], 0x10000541bL), -ENOTTY);
    }
    /* What is on the list for terminals is refused elsewhere, what is for all works. */
    expect("TCGETS", 0x5401, control(handles[0], 0x5401), -ENOTTY);
    expect("TCFLSH", 0x540b, control(handles[0], 0x540b), -ENOTTY);
    expect("FIONREAD", 0x541b, control(handles[0], 0x541b), 0);
}

static long option(long call, int handle, long level, long name, long bytes)
{
    memset((void *)(uintptr_t)BOUNCE, 0, 64);
    return hypercall(UB_HC_FILE, (uint64_t)call, (uint64_t)handle, (uint64_t)level, (uint64_t)name,
                     (uint64_t)bytes);
}

static void options(void)
{
    /* SO_ATTACH_FILTER SO_BINDTODEVICE SO_PEERSEC SO_MARK SO_LOCK_FILTER SO_INCOMING_CPU SO_COOKIE
     * SO_PEERGROUPS SO_PREFER_BUSY_POLL SO_RESERVE_MEM SO_PASSPIDFD SO_PEERPIDFD SO_PEERCRED */
    static const long read_only[] = {26, 25, 31, 36, 44, 49, 57, 59, 69, 73, 76, 77, 17};
    /* SO_SNDBUFFORCE SO_RCVBUFFORCE SO_DEBUG SO_PRIORITY SO_DETACH_FILTER SO_MARK SO_BUSY_POLL SO_RESERVE_MEM
     */
    static const long written[] = {32, 33, 1, 12, 27, 36, 46, 73};
    static const long levels[] = {0, 6, 17, 41, 58, 132, 263, 271, 272, 280, 281, 282, 284};
    int first, second;
    make_pair(&first, &second);
    for (size_t i = 0; i < sizeof read_only / sizeof *read_only; i++)
        expect("getsockopt", read_only[i], option(SYS_getsockopt, first, SOL_SOCKET, read_only[i], 256),
               -ENOPROTOOPT);
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        expect("setsockopt", written[i], option(SYS_setsockopt, first, SOL_SOCKET, written[i], 4),
               -ENOPROTOOPT);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        expect("getsockopt level", levels[i], option(SYS_getsockopt, first, levels[i], 1, 4), -ENOPROTOOPT);
        expect("setsockopt level", levels[i], option(SYS_setsockopt, first, levels[i], 1, 4), -ENOPROTOOPT);
    }
    expect("SO_TYPE", SO_TYPE, option(SYS_getsockopt, first, SOL_SOCKET, SO_TYPE, 4), 4);
    expect("SO_RCVBUF", SO_RCVBUF, option(SYS_setsockopt, first, SOL_SOCKET, SO_RCVBUF, 4), 0);
}

static void families(void)
{
    for (long family = 0; family < 64; family++)
        if (family != AF_UNIX)
            expect("family", family,
                   hypercall(UB_HC_MAKE, SYS_socketpair, (uint64_t)family, SOCK_STREAM, 0, 0), -EAFNOSUPPORT);
    expect("type", SOCK_RAW, hypercall(UB_HC_MAKE, SYS_socketpair, AF_UNIX, SOCK_RAW, 0, 0),
           -ESOCKTNOSUPPORT);
    expect("type", SOCK_RDM, hypercall(UB_HC_MAKE, SYS_socketpair, AF_UNIX, SOCK_RDM, 0, 0),
           -ESOCKTNOSUPPORT);
    expect("protocol", 6, hypercall(UB_HC_MAKE, SYS_socketpair, AF_UNIX, SOCK_STREAM, 6, 0),
           -EPROTONOSUPPORT);
    /* CLOCK_REALTIME_ALARM and CLOCK_BOOTTIME_ALARM wake the machine. */
    expect("clock", 8, hypercall(UB_HC_MAKE, SYS_timerfd_create, 8, 0, 0, 0), -EPERM);
    expect("clock", 9, hypercall(UB_HC_MAKE, SYS_timerfd_create, 9, 0, 0, 0), -EPERM);
}

int main(int argc, char **argv)
{
    const char *kind = argc > 1 ? argv[1] : "";
    if (is(kind, "ioctls"))
        ioctls();
    else if (is(kind, "options"))
        options();
    else if (is(kind, "families"))
        families();
    printf("done\n");
    return 0;
}
