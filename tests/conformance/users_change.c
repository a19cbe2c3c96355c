/* setuid and its kin: root becomes anybody, who was root only what it was, and others nobody else. */
#include "users.h"

static void by_setuid(void)
{
    say_result("setuid", setuid(NOBODY));
    say_users("for good");
    say_result("back", setuid(first_user));
    say_result("seteuid back", seteuid(first_user));
    say_result("to another", setuid(SOMEBODY));
    say_result("itself", setuid(getuid()));
}

static void by_setgid(void)
{
    say_result("setgid", setgid(NOBODY));
    say_users("group");
    say_result("group back", setgid(first_group));
}

static void for_a_while(void)
{
    say_result("seteuid", seteuid(NOBODY));
    say_users("for a while");
    say_result("to a third", seteuid(SOMEBODY));
    say_result("and back", seteuid(first_user));
    say_users("again");
}

static void exchanged(void)
{
    say_result("setreuid", setreuid(NOBODY, (uid_t)-1));
    say_users("real");
    say_result("exchange", setreuid((uid_t)-1, NOBODY));
    say_users("effective");
    say_result("once more", setreuid(SOMEBODY, (uid_t)-1));
    say_result("setregid", setregid(SOMEBODY, SOMEBODY));
    say_users("groups");
}

static void chosen(void)
{
    say_result("groups", set_groups(SOMEBODY, NOBODY, first_group));
    say_users("three groups");
    say_result("users", set_users(SOMEBODY, NOBODY, first_user));
    say_users("three users");
    say_result("a fourth", set_users(77, -1, -1));
    say_result("rotated", set_users(NOBODY, first_user, SOMEBODY));
    say_users("rotated");
    say_result("unchanged", set_users(-1, -1, -1));
}

static void files(void)
{
    say("setfsuid tells %s\n", called((uid_t)setfsuid(NOBODY), first_user));
    say("setfsgid tells %s\n", called((gid_t)setfsgid(NOBODY), first_group));
    say_users("of files");
    say_result("effective", seteuid(geteuid()));
    say_users("after seteuid");
}

static void in_child(void)
{
    say_users("child");
}

static void inherited(void)
{
    say_result("saved", set_users(NOBODY, NOBODY, first_user));
    run_child(in_child);
}

int main(void)
{
    bool root = is_root();
    say_users("first");
    say_result("no user", setuid((uid_t)-1));
    say_result("no group", setgid((gid_t)-1));
    run_child(by_setuid);
    run_child(by_setgid);
    run_child(for_a_while);
    run_child(exchanged);
    run_child(chosen);
    run_child(files);
    run_child(inherited);
    say("root %d\n", root);
    return 0;
}
