/* The TLB of the vCPU. */
#include "../libos.h"

/* flush.S; each invlpg costs about 6 us without hardware virtualisation */
void flush_one(u64 address);

void flush_pages(u64 start, u64 end)
{
    if (end - start > 6 * UB_PAGE) {
        flush_all();
        return;
    }
    for (u64 address = start; address < end; address += UB_PAGE)
        flush_one(address);
}

void translations_wanted(u64 address, u64 error)
{
    /* The CPU walks the tables itself. */
}
