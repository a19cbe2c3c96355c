/* /proc/self/status tells ids, sets of signals, and what is mapped and touched. */
#include "proc_fields.h"

static void nothing(int number)
{
    (void)number;
}

static const char *const status = "/proc/self/status";

int main(void)
{
    static const char *const names[] = {"Name",
                                        "Umask",
                                        "State",
                                        "Tgid",
                                        "Pid",
                                        "PPid",
                                        "TracerPid",
                                        "Uid",
                                        "Gid",
                                        "FDSize",
                                        "Groups",
                                        "VmPeak",
                                        "VmSize",
                                        "VmLck",
                                        "VmHWM",
                                        "VmRSS",
                                        "RssAnon",
                                        "RssFile",
                                        "VmData",
                                        "VmStk",
                                        "VmExe",
                                        "VmPTE",
                                        "VmSwap",
                                        "Threads",
                                        "SigQ",
                                        "SigPnd",
                                        "ShdPnd",
                                        "SigBlk",
                                        "SigIgn",
                                        "SigCgt",
                                        "CapInh",
                                        "CapPrm",
                                        "CapEff",
                                        "CapBnd",
                                        "CapAmb",
                                        "NoNewPrivs",
                                        "Seccomp",
                                        "Cpus_allowed",
                                        "Cpus_allowed_list",
                                        "voluntary_ctxt_switches",
                                        "nonvoluntary_ctxt_switches"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!proc_field(status, names[i]))
            say("%s is missing\n", names[i]);
    say("pid %d, parent %d, threads %llu\n", proc_number(status, "Pid", 10) == (unsigned)getpid(),
        proc_number(status, "PPid", 10) == (unsigned)getppid(), proc_number(status, "Threads", 10));
    unsigned real, effective, saved, files;
    sscanf(proc_field(status, "Uid"), "%u %u %u %u", &real, &effective, &saved, &files);
    say("user %d %d, group %d\n", real == getuid(), effective == geteuid(),
        proc_number(status, "Gid", 10) == getgid());
    umask(027);
    say("umask %s, state %c\n", proc_field(status, "Umask"), *proc_field(status, "State"));
    handle(SIGUSR1, nothing, 0);
    handle(SIGTERM, nothing, 0);
    signal(SIGUSR2, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);
    block(SIG_BLOCK, SIGUSR1);
    block(SIG_BLOCK, SIGALRM);
    MUST(raise(SIGUSR1));
    MUST(kill(getpid(), SIGALRM));
    say("blocked %s\n", proc_field(status, "SigBlk"));
    say("ignored %s\n", proc_field(status, "SigIgn"));
    say("caught %s\n", proc_field(status, "SigCgt"));
    say("pending %llx\n", proc_number(status, "SigPnd", 16) | proc_number(status, "ShdPnd", 16));
    unsigned long long size = proc_number(status, "VmSize", 10), resident = proc_number(status, "VmRSS", 10),
                       data = proc_number(status, "VmData", 10);
    char *memory = mmap(NULL, 8 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    say("mapped: size %+lld kB, data %+lld kB\n", (long long)(proc_number(status, "VmSize", 10) - size),
        (long long)(proc_number(status, "VmData", 10) - data));
    for (size_t i = 0; i < 8 << 20; i += 4096)
        memory[i] = 1;
    say("touched: resident grew by 8 MB %d, anonymous %d\n",
        proc_number(status, "VmRSS", 10) - resident >= 8 << 10,
        proc_number(status, "RssAnon", 10) >= 8 << 10);
    MUST(munmap(memory, 8 << 20));
    say("unmapped: size %+lld kB\n", (long long)(proc_number(status, "VmSize", 10) - size));
    return 0;
}
