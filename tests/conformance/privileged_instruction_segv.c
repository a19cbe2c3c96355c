/* hlt and a write to a control register kill with SIGSEGV. */
#include "observe.h"

static void halt(void)
{
    __asm__ volatile("hlt");
}

static void control(void)
{
    __asm__ volatile("movq %0, %%cr3" : : "r"(0UL));
}

int main(void)
{
    say_status("hlt", run_child(halt));
    say_status("mov to cr3", run_child(control));
    return 0;
}
