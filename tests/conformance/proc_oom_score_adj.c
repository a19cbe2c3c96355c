/* /proc/self/oom_score_adj reads back, is inherited, and refuses what is out of range. */
#include "proc_fields.h"

static const char *const file = "/proc/self/oom_score_adj";

static void show(const char *when)
{
    say("%s: %d\n", when, atoi(proc_text(file)));
}

static void in_child(void)
{
    show("child");
}

int main(void)
{
    proc_write(file, "500");
    show("set");
    proc_write(file, "600\n");
    show("set with a line end");
    run_child(in_child);
    proc_write(file, "1001");
    proc_write(file, "-1001");
    proc_write(file, "text");
    proc_write(file, "700 trailing");
    show("unchanged");
    say("score %d\n", atoi(proc_text("/proc/self/oom_score")) >= 0);
    return 0;
}
