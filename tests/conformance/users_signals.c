/* Signals reach processes of the same user, SIGCONT the whole session; root reaches everybody. */
#include "users.h"

static pid_t waiting(uid_t user, uid_t saved)
{
    int ends[2];
    make_pipe(ends);
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(ends[0]);
        if (first_user == 0)
            MUST(set_users(user, user, saved));
        send_byte(ends[1], 'r');
        for (;;)
            pause();
    }
    close_fd(ends[1]);
    take_byte(ends[0]);
    close_fd(ends[0]);
    return child;
}

static void try_all(pid_t roots, pid_t own, pid_t saved)
{
    say_result("root's", kill(roots, 0));
    say_result("root's by SIGUSR2", kill(roots, SIGUSR2));
    say_result("root's SIGCONT", kill(roots, SIGCONT));
    union sigval none = {0};
    say_result("root's by queue", sigqueue(roots, SIGUSR1, none));
    say_result("root's by thread", syscall(SYS_tgkill, roots, roots, SIGUSR1));
    int reference = (int)syscall(SYS_pidfd_open, roots, 0);
    say_result("root's by reference", syscall(SYS_pidfd_send_signal, reference, SIGUSR1, NULL, 0));
    say_result("own", kill(own, 0));
    say_result("own by its saved user", kill(saved, 0));
    say_result("itself", kill(getpid(), 0));
    say_result("its group, of which it may some", kill(0, 0));
    say_result("a group of others", kill(-roots, 0));
    say_result("nobody", kill(0x3fffff, 0));
}

static pid_t roots, own, saved;

static void as_other(void)
{
    if (first_user == 0)
        MUST(setuid(NOBODY));
    try_all(roots, own, saved);
}

static void as_real(void)
{
    if (first_user == 0)
        MUST(set_users(NOBODY, SOMEBODY, SOMEBODY));
    say_result("by the real user", kill(own, 0));
    say_result("root's", kill(roots, 0));
}

static void other_session(void)
{
    MUST(setsid());
    if (first_user == 0)
        MUST(setuid(NOBODY));
    say_result("SIGCONT to another session", kill(roots, SIGCONT));
}

/* The sender's real user is told. */
static void told(void)
{
    sigset_t set = set_of(SIGUSR1);
    siginfo_t info;
    block(SIG_BLOCK, SIGUSR1);
    pid_t parent = getpid();
    pid_t child = fork_child();
    if (child == 0) {
        if (first_user == 0)
            MUST(set_users(SOMEBODY, 0, 0));
        kill(parent, SIGUSR1);
        _exit(0);
    }
    MUST(sigwaitinfo(&set, &info));
    say("from %s\n", called(info.si_uid, first_user));
    siginfo_t end;
    MUST(waitid(P_PID, (id_t)child, &end, WEXITED));
    say("ended %s\n", called(end.si_uid, first_user));
}

int main(void)
{
    is_root();
    handle(SIGCONT, SIG_IGN, 0);
    handle(SIGUSR2, SIG_IGN, 0);
    handle(SIGUSR1, SIG_IGN, 0);
    roots = waiting(first_user, first_user);
    MUST(setpgid(roots, roots));
    own = waiting(NOBODY, NOBODY);
    saved = waiting(SOMEBODY, NOBODY);
    run_child(as_other);
    run_child(as_real);
    run_child(other_session);
    say_result("all by root", kill(own, SIGTERM));
    MUST(kill(roots, SIGKILL));
    MUST(kill(saved, SIGKILL));
    say_status("own", reap(own));
    reap(roots);
    reap(saved);
    handle(SIGUSR1, SIG_DFL, 0);
    told();
    return 0;
}
