/* /proc/self/fdinfo/N: position, flags with O_CLOEXEC, and what eventfds and pidfds tell. */
#include "observe_files.h"
#include "proc_fields.h"
#include <sys/eventfd.h>
#include <sys/syscall.h>

static char path[64];

static void tell(const char *what, int fd)
{
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", fd);
    say("%s: pos %s", what, proc_field(path, "pos"));
    say(" flags %s", proc_field(path, "flags"));
    say(" mount %d inode %d\n", proc_field(path, "mnt_id") != NULL, proc_field(path, "ino") != NULL);
}

int main(void)
{
    int ends[2];
    put("file", "0123456789");
    int fd = open("file", O_RDONLY | O_CLOEXEC);
    MUST(lseek(fd, 7, SEEK_SET));
    tell("file", fd);
    int out = open("file", O_WRONLY | O_APPEND | O_NONBLOCK);
    MUST(write(out, "x", 1));
    tell("appended", out);
    MUST(fcntl(fd, F_SETFD, 0));
    tell("without FD_CLOEXEC", fd);
    MUST(pipe2(ends, O_NONBLOCK));
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", ends[0]);
    say("pipe: pos %s\n", proc_field(path, "pos"));
    int event = eventfd(5, EFD_CLOEXEC);
    tell("event", event);
    say("count %s\n", proc_field(path, "eventfd-count"));
    int process = (int)syscall(SYS_pidfd_open, getpid(), 0);
    MUST(process);
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", process);
    say("process %d\n", proc_number(path, "Pid", 10) == (unsigned)getpid());
    say_result("closed", open("/proc/self/fdinfo/99", O_RDONLY));
    return 0;
}
