/* personality, getcpu, getgroups and getrandom's flags answer sensibly. */
#include "observe.h"

#include <sys/personality.h>
#include <sys/random.h>
#include <sys/syscall.h>

int main(void)
{
    unsigned cpu = 12345, node = 12345;
    char bytes[16];
    gid_t groups[64];
    say_result("personality", personality(0xffffffff));
    say_result("getcpu", syscall(SYS_getcpu, &cpu, &node, NULL));
    say("filled %d %d\n", cpu != 12345, node != 12345);
    int count = getgroups(0, NULL);
    say("groups %d\n", count >= 0 && (count > 64 || getgroups(64, groups) == count));
    say_result("negative", getgroups((int)opaque((uintptr_t)-1), groups));
    say_result("nonblock", getrandom(bytes, sizeof bytes, GRND_NONBLOCK));
    say_result("random", getrandom(bytes, sizeof bytes, GRND_RANDOM | GRND_NONBLOCK));
    say_result("bad flags", getrandom(bytes, sizeof bytes, 0x100));
    return 0;
}
