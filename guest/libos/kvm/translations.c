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

void flush_writes(u64 start, u64 end, bool executable)
{
    flush_pages(start, end);
}

/*
 * Where KVM walks the tables nothing is to do, because the write that follows faults there once more and KVM then looks anew; but
 * the next process of this VM may have the same tables, other bytes, and read what is still shown of a file. A
 * CPU that walks them may remember the old frame as one to read or execute, and write to the new one.
 */
void translations_moved(u64 start, u64 end, bool of_file)
{
    if (ub_system.nested_paging || of_file)
        flush_pages(start, end);
}

void translations_ahead(u64 start, u64 end)
{
    /* The CPU walks the tables itself. */
}

void translations_around(u64 address)
{
    /* The CPU walks the tables itself. */
}

void translations_wanted(u64 address, u64 error)
{
    /* The CPU walks the tables itself. */
}
