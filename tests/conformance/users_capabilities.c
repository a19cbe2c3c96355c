/* Capabilities and securebits: capget, capset, prctl, and what changing users does to them. */
#include "users.h"
#include <sched.h>

#ifndef PR_CAP_AMBIENT
#define PR_CAP_AMBIENT 47
#define PR_CAP_AMBIENT_IS_SET 1
#define PR_CAP_AMBIENT_RAISE 2
#define PR_CAP_AMBIENT_LOWER 3
#define PR_CAP_AMBIENT_CLEAR_ALL 4
#endif

static uint64_t all;

static const char *share(uint64_t set)
{
    return set == 0 ? "none" : set == all ? "all" : "some";
}

static void say_sets(const char *when)
{
    struct capability_sets own = capabilities_of(0);
    say("%s: effective %s permitted %s inheritable %s dumpable %d keep %d\n", when, share(own.effective),
        share(own.permitted), share(own.inheritable), prctl(PR_GET_DUMPABLE), prctl(PR_GET_KEEPCAPS));
}

static void changes(void)
{
    say_sets("first");
    seteuid(NOBODY);
    say_sets("away");
    seteuid(first_user);
    say_sets("back");
    setuid(NOBODY);
    say_sets("gone");
}

static void kept(void)
{
    say_result("keep", prctl(PR_SET_KEEPCAPS, 1));
    say_result("badly", prctl(PR_SET_KEEPCAPS, 2));
    setuid(NOBODY);
    say_sets("kept");
    struct capability_sets own = capabilities_of(0);
    say_result("raise again", set_capabilities(own.permitted, own.permitted, 0));
    say_sets("raised");
    say_result("and back", setuid(first_user));
}

static void given_up(void)
{
    struct capability_sets own = capabilities_of(0);
    uint64_t less = own.permitted & ~BIT_OF(CAP_KILL) & ~BIT_OF(CAP_SETUID);
    say_result("less", set_capabilities(less, less, 0));
    say_result("more", set_capabilities(less, less | BIT_OF(CAP_KILL), 0));
    say_result("effective beyond", set_capabilities(BIT_OF(CAP_KILL), 0, 0));
    say_result("inheritable", set_capabilities(0, less, own.permitted & BIT_OF(CAP_CHOWN)));
    say_result("setuid", setuid(NOBODY));
    say_result("setgroups", setgroups(0, NULL));
}

static void bounding(void)
{
    say_result("read", prctl(PR_CAPBSET_READ, CAP_KILL));
    say_result("read beyond", prctl(PR_CAPBSET_READ, 63));
    say_result("drop", prctl(PR_CAPBSET_DROP, CAP_KILL));
    say_result("drop beyond", prctl(PR_CAPBSET_DROP, 63));
    say_result("read again", prctl(PR_CAPBSET_READ, CAP_KILL));
}

static void ambient(void)
{
    struct capability_sets own = capabilities_of(0);
    say_result("raise too soon", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_CHOWN, 0, 0));
    say_result("inherit", set_capabilities(own.effective, own.permitted, own.permitted & BIT_OF(CAP_CHOWN)));
    say_result("raise", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_CHOWN, 0, 0));
    say_result("is it", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_CHOWN, 0, 0));
    say_result("another", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_KILL, 0, 0));
    say_result("unknown", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, 63, 0, 0));
    say_result("bad command", prctl(PR_CAP_AMBIENT, 9, CAP_KILL, 0, 0));
    say_result("bad argument", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, CAP_KILL, 0, 0));
    say_result("lower", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_LOWER, CAP_CHOWN, 0, 0));
    say_result("clear", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0));
}

static void secure_bits(void)
{
    say_result("bits", prctl(PR_GET_SECUREBITS));
    say_result("unknown", prctl(PR_SET_SECUREBITS, 0x10000));
    say_result("lock keepcaps", prctl(PR_SET_SECUREBITS, 0x20));
    say_result("keep", prctl(PR_SET_KEEPCAPS, 1));
    say_result("unlock", prctl(PR_SET_SECUREBITS, 0));
    say_result("bits again", prctl(PR_GET_SECUREBITS));
}

static void no_fixup(void)
{
    say_result("no fixup", prctl(PR_SET_SECUREBITS, 4));
    setuid(NOBODY);
    say_sets("unfixed");
}

static void privileges(void)
{
    say_result("no new", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
    say_result("badly", prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0));
    say_result("set", prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    say_result("now", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
    say_result("asked badly", prctl(PR_GET_NO_NEW_PRIVS, 1, 0, 0, 0));
}

static void dumpable(void)
{
    say_result("dumpable", prctl(PR_SET_DUMPABLE, 0));
    say_result("so", prctl(PR_GET_DUMPABLE));
    say_result("unknown", prctl(PR_SET_DUMPABLE, 2));
    say_result("again", prctl(PR_SET_DUMPABLE, 1));
    setgid(NOBODY);
    say_sets("another group");
}

static void forms(void)
{
    struct capability_header header = {0, 0};
    struct capability_words data[2];
    say_result("which version", syscall(SYS_capget, &header, NULL));
    say("%x\n", header.version);
    header.version = 0;
    say_result("no version", syscall(SYS_capget, &header, data));
    header.version = CAPABILITY_VERSION_1;
    say_result("first version", syscall(SYS_capget, &header, data));
    header.pid = -1;
    say_result("bad process", syscall(SYS_capget, &header, data));
    header.pid = 0x3fffff;
    say_result("no process", syscall(SYS_capget, &header, data));
    header.pid = getppid();
    say_result("the parent's", syscall(SYS_capget, &header, data));
    say_result("setting the parent's", syscall(SYS_capset, &header, data));
    say_result("nowhere", syscall(SYS_capget, NULL, data));
    header.pid = 0;
    say_result("to nowhere", syscall(SYS_capget, &header, (void *)1));
    header.version = 7;
    say_result("set no version", syscall(SYS_capset, &header, data));
    say_result("unknown option", prctl(12345));
}

/* A namespace of its own is for administrators; what is asked for is refused here. */
static void namespaces(void)
{
    setuid(NOBODY);
    say_result("a namespace", syscall(SYS_clone, CLONE_NEWUTS | SIGCHLD, NULL, NULL, NULL, 0));
    say_result("another", syscall(SYS_clone, CLONE_NEWNS | SIGCHLD, NULL, NULL, NULL, 0));
}

int main(void)
{
    is_root();
    all = capabilities_of(0).permitted;
    run_child(changes);
    run_child(kept);
    run_child(given_up);
    run_child(bounding);
    run_child(ambient);
    run_child(secure_bits);
    run_child(no_fixup);
    run_child(privileges);
    run_child(dumpable);
    run_child(forms);
    run_child(namespaces);
    return 0;
}
