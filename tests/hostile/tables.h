/* A guest's own page tables, which it can change as it likes: they lie in its private memory. */
#pragma once
#include "hypercall.h"

#define TABLES_FRAME 0x000ffffffffff000UL
#define TABLES_ALL 0x67UL /* present, writable, user, accessed, dirty */

static inline uint64_t *direct(uint64_t physical)
{
    uint64_t at = UB_DIRECT_MAP + physical;
    uint64_t *pointer;
    memcpy(&pointer, &at, sizeof pointer);
    return pointer;
}

/* Where the entry of an address lies; its table must be there. */
static inline volatile uint64_t *entry_of(uint64_t address)
{
    uint64_t table = CONTROL->tables_base;
    for (int shift = 39; shift > 12; shift -= 9)
        table = direct(table)[address >> shift & 511] & TABLES_FRAME;
    return &direct(table)[address >> 12 & 511];
}
