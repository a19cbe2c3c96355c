/* Requests to terminals, and to what else the monitor keeps: how many bytes go in and come out. Who may make them is for
   the monitor to say (HostRequest, TerminalCalls). */
#include "libos.h"

enum { TIOCGPTPEER = 0x5441 };

static const struct {
    u32 request;
    u16 in, out;
} requests[] = {
    {0x5401, 0, 36},     {0x5402, 36, 0},     {0x5403, 36, 0},
    {0x5404, 36, 0}, /* TCGETS, TCSETS, W, F */
    {0x5405, 0, 18},     {0x5406, 18, 0},     {0x5407, 18, 0},
    {0x5408, 18, 0}, /* TCGETA, TCSETA, W, F */
    {0x802c542a, 0, 44}, {0x402c542b, 44, 0}, {0x402c542c, 44, 0},
    {0x402c542d, 44, 0}, /* TCGETS2, TCSETS2, W, F */
    {0x5409, 0, 0},      {0x540a, 0, 0},      {0x540b, 0, 0},
    {0x5425, 0, 0},                                               /* TCSBRK, TCXONC, TCFLSH, TCSBRKP */
    {0x540c, 0, 0},      {0x540d, 0, 0},      {0x80045440, 0, 4}, /* TIOCEXCL, TIOCNXCL, TIOCGEXCL */
    {0x540e, 0, 0},      {0x5422, 0, 0},                          /* TIOCSCTTY, TIOCNOTTY */
    {0x540f, 0, 4},      {0x5410, 4, 0},      {0x5429, 0, 4},     /* TIOCGPGRP, TIOCSPGRP, TIOCGSID */
    {0x5411, 0, 4},      {0x541b, 0, 4},      {0x5412, 1, 0},     /* TIOCOUTQ, FIONREAD, TIOCSTI */
    {0x5413, 0, 8},      {0x5414, 8, 0},                          /* TIOCGWINSZ, TIOCSWINSZ */
    {0x5419, 0, 4},      {0x541a, 4, 0},                          /* TIOCGSOFTCAR, TIOCSSOFTCAR */
    {0x5423, 4, 0},      {0x5424, 0, 4},      {0x80045432, 0, 4}, /* TIOCGETD, TIOCGDEV */
    {0x5420, 4, 0},      {0x80045438, 0, 4},                      /* TIOCPKT, TIOCGPKT */
    {0x80045430, 0, 4},  {0x40045431, 4, 0},  {0x80045439, 0, 4}, /* TIOCGPTN, TIOCSPTLCK, TIOCGPTLCK */
    {0x40045436, 0, 0},                                           /* TIOCSIG */
};

/* The other end of a master, by a descriptor of its own. */
static long open_peer(struct ub_descriptor *d, u64 flags)
{
    int fd = descriptor_new(0);
    if (fd < 0)
        return fd;
    long opened = HC3(UB_HC_HOST_IOCTL, d->handle, TIOCGPTPEER, flags);
    if (opened < 0)
        return opened;
    descriptors[fd] = host_descriptor(opened, flags);
    return fd;
}

long host_ioctl(struct ub_descriptor *d, u64 request, u64 argument)
{
    if ((u32)request == TIOCGPTPEER)
        return open_peer(d, argument);
    for (u64 i = 0; i < sizeof requests / sizeof *requests; i++) {
        if (requests[i].request != (u32)request)
            continue;
        if (requests[i].in && copy_in(ub_bounce, argument, requests[i].in))
            return -EFAULT;
        long result = HC3(UB_HC_HOST_IOCTL, d->handle, (u32)request, argument);
        if (result >= 0 && requests[i].out && copy_out(argument, ub_bounce, requests[i].out))
            return -EFAULT;
        return result;
    }
    return -ENOTTY;
}
