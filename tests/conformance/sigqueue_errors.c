/* sigqueue and tgkill of nobody are ESRCH, bad signals and ids EINVAL; a forged code for another is EPERM. */
#include "observe.h"

#include <sys/syscall.h>

int main(void)
{
    union sigval value = {.sival_int = 1};
    siginfo_t info;
    say_result("sigqueue of nobody", sigqueue(0x3fffff, SIGUSR1, value));
    say_result("sigqueue bad signal", sigqueue(getpid(), 65, value));
    say_result("sigqueue signal 0", sigqueue(getpid(), 0, value));
    say_result("tgkill of nobody", syscall(SYS_tgkill, 0x3fffff, 0x3fffff, SIGUSR1));
    say_result("tgkill id 0", syscall(SYS_tgkill, 0, getpid(), SIGUSR1));
    say_result("tgkill bad signal", syscall(SYS_tgkill, getpid(), getpid(), 65));
    say_result("tgkill of another group's thread", syscall(SYS_tgkill, getpid(), 0x3fffff, 0));
    say_result("tgkill signal 0", syscall(SYS_tgkill, getpid(), getpid(), 0));
    memset(&info, 0, sizeof info);
    info.si_code = SI_USER;
    say_result("forged SI_USER for the parent", syscall(SYS_rt_sigqueueinfo, getppid(), 0, &info));
    return 0;
}
