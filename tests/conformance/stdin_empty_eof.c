/* an empty standard input is at its end. */
#include "observe.h"

int main(void)
{
    char byte;
    say_result("read", read(0, &byte, 1));
    return 0;
}
