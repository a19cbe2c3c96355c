/* /proc/sys has the numbers that programs rely on, and names as uname has them. */
#include "proc_fields.h"
#include <sys/utsname.h>

static void number(const char *path, long long least)
{
    char *text = proc_text(path);
    long long value = text ? strtoll(text, &text, 10) : -2;
    say("%s: %s\n", path, value >= least && *text == '\n' ? "ok" : "not");
}

static void same(const char *path, const char *expected)
{
    char *text = proc_text(path);
    say("%s: %s\n", path,
        text && !strncmp(text, expected, strlen(expected)) && !strcmp(text + strlen(expected), "\n") ? "ok"
                                                                                                     : "not");
}

int main(void)
{
    struct utsname names;
    char first[64];
    MUST(uname(&names));
    same("/proc/sys/kernel/hostname", names.nodename);
    same("/proc/sys/kernel/osrelease", names.release);
    same("/proc/sys/kernel/ostype", names.sysname);
    same("/proc/sys/kernel/version", names.version);
    number("/proc/sys/kernel/pid_max", 301);
    number("/proc/sys/kernel/threads-max", 1);
    number("/proc/sys/kernel/ngroups_max", 65536);
    number("/proc/sys/kernel/cap_last_cap", 36);
    number("/proc/sys/kernel/overflowuid", 65534);
    number("/proc/sys/kernel/tainted", 0);
    number("/proc/sys/kernel/shmmax", 1 << 25);
    number("/proc/sys/kernel/shmall", 1 << 13);
    number("/proc/sys/kernel/shmmni", 4096);
    number("/proc/sys/kernel/msgmax", 8192);
    number("/proc/sys/kernel/msgmnb", 16384);
    number("/proc/sys/kernel/msgmni", 1);
    number("/proc/sys/vm/max_map_count", 1024);
    number("/proc/sys/vm/overcommit_memory", 0);
    number("/proc/sys/fs/pipe-max-size", 1 << 20);
    number("/proc/sys/fs/nr_open", 1024);
    number("/proc/sys/fs/file-max", 100);
    number("/proc/sys/fs/lease-break-time", 0);
    number("/proc/sys/fs/mqueue/queues_max", 1);
    number("/proc/sys/fs/mqueue/msg_max", 1);
    number("/proc/sys/fs/mqueue/msgsize_max", 128);
    int a, b, c, d;
    say("sem %d\n", sscanf(proc_text("/proc/sys/kernel/sem"), "%d\t%d\t%d\t%d\n", &a, &b, &c, &d));
    say("file-nr %d\n", sscanf(proc_text("/proc/sys/fs/file-nr"), "%d\t%d\t%d", &a, &b, &c) >= 2);
    snprintf(first, sizeof first, "%s", proc_text("/proc/sys/kernel/random/uuid"));
    say("uuid %zu, new %d\n", strlen(first), strcmp(first, proc_text("/proc/sys/kernel/random/uuid")) != 0);
    snprintf(first, sizeof first, "%s", proc_text("/proc/sys/kernel/random/boot_id"));
    say("boot %zu, same %d\n", strlen(first),
        strcmp(first, proc_text("/proc/sys/kernel/random/boot_id")) == 0);
    say_result("unknown", open("/proc/sys/kernel/unknown", O_RDONLY));
    return 0;
}
