/* What programs about users share: who a process is, in words that two machines share. As an ordinary user
 * only refusals are seen. */
#ifndef UNIBENCH_USERS_H
#define UNIBENCH_USERS_H

#include "observe_files.h"
#include <grp.h>
#include <stdbool.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* As <linux/capability.h> has it, which not every C library finds. */
enum { CAP_CHOWN = 0, CAP_KILL = 5, CAP_SETUID = 7 };
#define CAPABILITY_VERSION_1 0x19980330
#define CAPABILITY_VERSION_3 0x20080522
struct capability_header {
    uint32_t version;
    int pid;
};
struct capability_words {
    uint32_t effective, permitted, inheritable;
};

#define NOBODY 65534
#define SOMEBODY 1234

/* A change of the calling process alone, without the C library's part for threads. */
#define set_users(real, effective, saved) syscall(SYS_setresuid, real, effective, saved)
#define set_groups(real, effective, saved) syscall(SYS_setresgid, real, effective, saved)

static inline const char *called(uid_t id, uid_t own)
{
    return id == own ? "own" : id == NOBODY ? "nobody" : id == SOMEBODY ? "somebody" : id == 0 ? "root" : "?";
}

static uid_t first_user;
static gid_t first_group;

static inline void say_users(const char *when)
{
    uid_t r, e, s, f = (uid_t)setfsuid((uid_t)-1);
    gid_t gr, ge, gs, gf = (gid_t)setfsgid((gid_t)-1);
    MUST(getresuid(&r, &e, &s));
    MUST(getresgid(&gr, &ge, &gs));
    say("%s: user %s %s %s %s, group %s %s %s %s\n", when, called(r, first_user), called(e, first_user),
        called(s, first_user), called(f, first_user), called(gr, first_group), called(ge, first_group),
        called(gs, first_group), called(gf, first_group));
}

struct capability_sets {
    uint64_t effective, permitted, inheritable;
};

static inline struct capability_sets capabilities_of(pid_t pid)
{
    struct capability_header header = {CAPABILITY_VERSION_3, pid};
    struct capability_words data[2];
    MUST(syscall(SYS_capget, &header, data));
    return (struct capability_sets){data[0].effective | (uint64_t)data[1].effective << 32,
                                    data[0].permitted | (uint64_t)data[1].permitted << 32,
                                    data[0].inheritable | (uint64_t)data[1].inheritable << 32};
}

static inline long set_capabilities(uint64_t effective, uint64_t permitted, uint64_t inheritable)
{
    struct capability_header header = {CAPABILITY_VERSION_3, 0};
    struct capability_words data[2] = {
        {(uint32_t)effective, (uint32_t)permitted, (uint32_t)inheritable},
        {(uint32_t)(effective >> 32), (uint32_t)(permitted >> 32), (uint32_t)(inheritable >> 32)}};
    return syscall(SYS_capset, &header, data);
}

#define BIT_OF(capability) ((uint64_t)1 << (capability))

static inline bool is_root(void)
{
    first_user = geteuid();
    first_group = getegid();
    return first_user == 0 && capabilities_of(0).effective & BIT_OF(CAP_SETUID);
}

#endif
