/* constructors run before main in order of priority, destructors after it in reverse. */
#include "observe.h"

__attribute__((constructor(201))) static void early(void)
{
    say("constructor 201\n");
}

__attribute__((constructor(202))) static void late(void)
{
    say("constructor 202\n");
}

__attribute__((destructor(201))) static void last(void)
{
    say("destructor 201\n");
}

int main(void)
{
    say("main\n");
    return 0;
}
