/* SIGKILL and SIGSTOP cannot be caught, numbers beyond the last signal are EINVAL. */
#include "observe.h"

int main(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_IGN;
    say_result("SIGKILL", sigaction(SIGKILL, &action, NULL));
    say_result("SIGSTOP", sigaction(SIGSTOP, &action, NULL));
    say_result("signal 65", sigaction(65, &action, NULL));
    say_result("signal 0", sigaction(0, &action, NULL));
    return 0;
}
