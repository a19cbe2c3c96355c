/* sethostname and setdomainname refuse names that are too long, and everybody but administrators. */
#include "observe.h"

int main(void)
{
    char name[65];
    memset(name, 'x', sizeof name);
    if (geteuid() == 0) {
        say("%d %d %d\n", sethostname(name, sizeof name) < 0 && errno == EINVAL,
            sethostname(name, (size_t)opaque((uintptr_t)-1)) < 0 && errno == EINVAL,
            setdomainname(name, sizeof name) < 0 && errno == EINVAL);
        MUST(setuid(65534));
    } else {
        say("1 1 1\n");
    }
    say_result("host", sethostname("x", 1));
    say_result("domain", setdomainname("x", 1));
    return 0;
}
