/* A VM cannot wake another one: who waits for a ring sleeps in the monitor. */
#include "../libos.h"

long ring_park(u32 slot, u32 side, u64 ticket, u64 until)
{
    ub_control.park_slots[0] = (u16)slot;
    return park(ticket, until, 1);
}

bool ring_rouse(u32 slot, u32 side)
{
    return false;
}

bool child_park(void)
{
    return false;
}
