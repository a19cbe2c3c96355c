/*
 * The table of areas: what may be touched, and how. Sorted by address, disjoint. It knows no page table: what
 * is done to it makes nothing appear or go.
 */
#include "libos.h"

_Static_assert(UB_PAGE % sizeof(struct ub_area) == 0, "area_insert backs the table page by page");

MEMORY_STATE u64 area_count;
static MEMORY_STATE u64 areas_mapped; /* entries that have memory behind them */

void areas_start(void)
{
    area_count = areas_mapped = 0;
}

static bool area_insert(u64 index, struct ub_area area)
{
    if (area_count == areas_mapped) {
        if (area_count == UB_AREAS || !private_page((u64)(areas + areas_mapped)))
            return false;
        areas_mapped += UB_PAGE / sizeof(struct ub_area);
    }
    for (u64 i = area_count; i > index; i--)
        areas[i] = areas[i - 1];
    areas[index] = area;
    area_count++;
    return true;
}

void area_delete(u64 index)
{
    area_count--;
    for (u64 i = index; i < area_count; i++)
        areas[i] = areas[i + 1];
}

static bool joins(const struct ub_area *low, const struct ub_area *high)
{
    return low->end == high->start && low->prot == high->prot && low->flags == high->flags && !low->backing &&
           !high->backing;
}

/* Joins an area with like neighbours, so that a growing heap stays one entry. */
void area_merge(u64 index)
{
    if (index + 1 < area_count && joins(&areas[index], &areas[index + 1])) {
        areas[index].end = areas[index + 1].end;
        area_delete(index + 1);
    }
    if (index > 0 && index < area_count && joins(&areas[index - 1], &areas[index])) {
        areas[index - 1].end = areas[index].end;
        area_delete(index);
    }
}

bool area_add(struct ub_area area)
{
    u64 index = area_after(area.start);
    if (!area_insert(index, area))
        return false;
    area_merge(index);
    return true;
}

bool area_add_anonymous(u64 start, u64 end, u32 prot, u32 flags)
{
    return area_add((struct ub_area){.start = start, .end = end, .prot = prot, .flags = flags});
}

/* Makes start and end borders between areas, so that a range can be changed area by area. */
bool areas_split(u64 address)
{
    u64 index = area_after(address);
    if (index == area_count || areas[index].start >= address)
        return true;
    struct ub_area upper = areas[index];
    upper.start = address;
    if (upper.backing)
        upper.backing += address - areas[index].start;
    if (!area_insert(index + 1, upper))
        return false;
    areas[index].end = address;
    return true;
}

/* Whether there is an area wherever the range is. */
bool areas_cover(u64 start, u64 end)
{
    for (u64 covered = start, i = area_after(start); covered < end; covered = areas[i++].end)
        if (i == area_count || areas[i].start > covered)
            return false;
    return true;
}

/* The highest hole of that size between two addresses, or 0. Our own windows may lie in one of them. */
static u64 hole_between(u64 low, u64 top, u64 bytes)
{
    for (u64 i = area_count; top >= low + bytes; i--) {
        u64 bottom = i ? areas[i - 1].end : 0;
        if (bottom <= UB_DIRECT_MAP && top >= UB_WINDOWS_END) {
            if (top - UB_WINDOWS_END >= bytes)
                return top - bytes;
            top = UB_DIRECT_MAP;
        }
        if (top >= bottom + bytes)
            return top - bytes;
        if (areas[i - 1].start < top)
            top = areas[i - 1].start;
    }
    return 0;
}

u64 find_hole(u64 bytes)
{
    return hole_between(UB_MMAP_LOW, UB_MMAP_HIGH, bytes);
}

/* Where MAP_32BIT puts memory: what 32 bits reach, with a sign. */
u64 find_low_hole(u64 bytes)
{
    return hole_between(LOW_MEMORY, LOW_MEMORY_END, bytes);
}

bool is_ours(u64 start, u64 end)
{
    return end > UB_STACK_TOP || (start < UB_WINDOWS_END && end > UB_DIRECT_MAP);
}
