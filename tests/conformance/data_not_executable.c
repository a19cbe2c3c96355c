/* running bytes in data, on the stack or in the heap kills with SIGSEGV. */
#include "observe.h"

static unsigned char data[16] = {0xc3};

static void run(unsigned char *bytes)
{
    ((void (*)(void))opaque((uintptr_t)bytes))();
}

static void run_data(void)
{
    run(data);
}

static void run_stack(void)
{
    unsigned char bytes[16] = {0xc3};
    run(bytes);
}

static void run_heap(void)
{
    unsigned char *bytes = malloc(16);
    bytes[0] = 0xc3;
    run(bytes);
}

int main(void)
{
    say_status("data", run_child(run_data));
    say_status("stack", run_child(run_stack));
    say_status("heap", run_child(run_heap));
    return 0;
}
