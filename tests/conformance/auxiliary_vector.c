/* the auxiliary vector tells page size, entry and 16 random bytes. */
#include "observe.h"

#include <sys/auxv.h>

int main(void)
{
    const unsigned char *random = (const unsigned char *)getauxval(AT_RANDOM);
    say("page %lu, entry %d, headers %d\n", getauxval(AT_PAGESZ), getauxval(AT_ENTRY) != 0,
        getauxval(AT_PHDR) != 0);
    int zero = 0;
    for (int i = 0; i < 16; i++)
        zero += random[i] == 0;
    say("random bytes: %d\n", zero < 8);
    return 0;
}
