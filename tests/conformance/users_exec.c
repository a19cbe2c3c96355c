/* exec as another user: x permission, set-ID bits, no_new_privs, keepcaps, ambient, AT_SECURE. */
#include "users.h"
#include <sys/auxv.h>

static const char *share(uint64_t set, uint64_t all)
{
    return set == 0 ? "none" : set == all ? "all" : "some";
}

/* As the program that was executed. */
static int executed(void)
{
    struct capability_sets own = capabilities_of(0);
    uint64_t bounding = 0;
    for (int i = 0; i < 64; i++)
        if (prctl(PR_CAPBSET_READ, i) > 0)
            bounding |= BIT_OF(i);
    say_users(" then");
    say(" effective %s permitted %s, secure %lu, auxiliary %d, dumpable %d, keep %d, nnp %d\n",
        share(own.effective, bounding), share(own.permitted, bounding), getauxval(AT_SECURE),
        getauxval(AT_UID) == getuid() && getauxval(AT_EUID) == geteuid() && getauxval(AT_GID) == getgid() &&
            getauxval(AT_EGID) == getegid(),
        prctl(PR_GET_DUMPABLE) == 1, prctl(PR_GET_KEEPCAPS), prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
    return 0;
}

static void run(const char *path)
{
    char user[16], group[16];
    snprintf(user, sizeof user, "%u", first_user);
    snprintf(group, sizeof group, "%u", first_group);
    execl(path, path, "executed", user, group, (char *)NULL);
    say_result(" exec", -1);
}

static void become(uid_t user)
{
    MUST(setgroups(0, NULL));
    MUST(setgid(user));
    MUST(setuid(user));
}

static void as_nobody(const char *path)
{
    say("%s:\n", path);
    pid_t child = fork_child();
    if (child == 0) {
        become(NOBODY);
        run(path);
        _exit(0);
    }
    reap(child);
}

static void without_new_privileges(void)
{
    become(NOBODY);
    MUST(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    run("./setuid");
}

static void keeping(void)
{
    MUST(prctl(PR_SET_KEEPCAPS, 1));
    become(NOBODY);
    run("./plain");
}

static void ambient(void)
{
    struct capability_sets own = capabilities_of(0);
    MUST(set_capabilities(own.effective, own.permitted, BIT_OF(CAP_CHOWN)));
    MUST(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_CHOWN, 0, 0));
    MUST(prctl(PR_SET_SECUREBITS, 4));
    become(NOBODY);
    run("./plain");
}

static void for_a_while(void)
{
    MUST(seteuid(NOBODY));
    run("./plain");
}

static void unbounded(void)
{
    MUST(prctl(PR_CAPBSET_DROP, CAP_KILL));
    run("./plain");
}

static void no_root(void)
{
    MUST(prctl(PR_SET_SECUREBITS, 1));
    run("./plain");
}

static void copy(const char *to, uid_t user, gid_t group, mode_t mode)
{
    char bytes[65536];
    int from = open("/proc/self/exe", O_RDONLY), file = open(to, O_WRONLY | O_CREAT | O_EXCL, 0700);
    MUST(from);
    MUST(file);
    ssize_t n;
    while ((n = read(from, bytes, sizeof bytes)) > 0)
        MUST(write(file, bytes, (size_t)n));
    MUST(n);
    close_fd(from);
    close_fd(file);
    if (first_user == 0)
        MUST(chown(to, user, group));
    MUST(chmod(to, mode));
}

int main(int argc, char **argv)
{
    bool root = is_root();
    if (argc == 4) {
        first_user = (uid_t)atoi(argv[2]);
        first_group = (gid_t)atoi(argv[3]);
        return executed();
    }
    MUST(chmod(".", 0755));
    copy("plain", 0, 0, 0755);
    copy("only-x", 0, 0, 0711);
    copy("mine", 0, 0, 0700);
    if (!root) {
        say_result("another", setuid(first_user + 1));
        return 0;
    }
    copy("setuid", 0, 0, 04755);
    copy("setuid-some", SOMEBODY, 0, 04755);
    copy("setgid", 0, SOMEBODY, 02755);
    copy("setgid-no-x", 0, SOMEBODY, 02745);
    copy("group-x", 0, SOMEBODY, 0710);
    int fd = open("script", O_WRONLY | O_CREAT, 0755);
    MUST(write(fd, "#!./plain\n", 10));
    close_fd(fd);
    MUST(chmod("script", 04755));
    as_nobody("./plain");
    as_nobody("./only-x");
    as_nobody("./mine");
    as_nobody("./group-x");
    as_nobody("./setuid");
    as_nobody("./setuid-some");
    as_nobody("./setgid");
    as_nobody("./setgid-no-x");
    say("no new privileges:\n");
    run_child(without_new_privileges);
    say("keepcaps:\n");
    run_child(keeping);
    say("ambient:\n");
    run_child(ambient);
    say("effective user:\n");
    run_child(for_a_while);
    say("bounding set:\n");
    run_child(unbounded);
    say("no root:\n");
    run_child(no_root);
    return 0;
}
