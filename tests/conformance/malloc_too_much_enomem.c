/* an allocation beyond the address space fails with ENOMEM. */
#include "observe.h"

int main(void)
{
    errno = 0;
    void *memory = malloc((size_t)opaque(PTRDIFF_MAX / 2));
    say("null: %d, ENOMEM: %d\n", memory == NULL, errno == ENOMEM);
    return 0;
}
