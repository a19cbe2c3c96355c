/* when a process group with a stopped member becomes orphaned its members get SIGHUP and SIGCONT. */
#include "observe.h"

static int report[2];
static volatile int hung_up;

static void on_hangup(int number)
{
    (void)number;
    hung_up = 1;
}

static void on_continue(int number)
{
    (void)number;
}

int main(void)
{
    make_pipe(report);
    pid_t child = fork_child();
    if (child == 0) {
        int status;
        MUST(setsid());
        pid_t grandchild = fork_child();
        if (grandchild == 0) {
            MUST(setpgid(0, 0));
            handle(SIGHUP, on_hangup, 0);
            handle(SIGCONT, on_continue, 0);
            MUST(raise(SIGSTOP));
            send_byte(report[1], hung_up ? 'h' : 'n');
            _exit(0);
        }
        MUST(waitpid(grandchild, &status, WUNTRACED));
        say_status("grandchild", status);
        _exit(0);
    }
    close_fd(report[1]);
    say_status("child", reap(child));
    say("%c\n", take_byte(report[0]));
    say("end %d\n", take_byte(report[0]));
    return 0;
}
