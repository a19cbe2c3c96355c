/* /proc/PID/comm is what PR_SET_NAME or a write to it says; another's cannot be written. */
#include "proc_fields.h"
#include <sys/prctl.h>

static void show_name(const char *when)
{
    char name[16] = "";
    MUST(prctl(PR_GET_NAME, name));
    say("%s: PR_GET_NAME [%s]", when, name);
    say(" comm [%s]", proc_text("/proc/self/comm"));
    say(" status [%s]\n", proc_field("/proc/self/status", "Name"));
}

int main(void)
{
    char path[64];
    int ends[2], ready[2];
    make_pipe(ends);
    make_pipe(ready);
    show_name("start");
    MUST(prctl(PR_SET_NAME, "new name"));
    show_name("set");
    MUST(prctl(PR_SET_NAME, "a name that is too long"));
    show_name("cut");
    proc_write("/proc/self/comm", "written");
    show_name("written");
    proc_write("/proc/self/comm", "written with a line end\n");
    show_name("written long");
    proc_write("/proc/thread-self/comm", "thread\n");
    show_name("thread");
    char task[64];
    snprintf(task, sizeof task, "/proc/self/task/%d/comm", (int)getpid());
    char *text = proc_text(task);
    say("task %.*s\n", (int)strcspn(text, "\n"), text);
    pid_t child = fork_child();
    if (child == 0) {
        show_name("child");
        send_byte(ready[1], 'r');
        take_byte(ends[0]);
        _exit(0);
    }
    take_byte(ready[0]);
    snprintf(path, sizeof path, "/proc/%d/comm", (int)child);
    int fd = open(path, O_WRONLY);
    say_result("another's", fd < 0 ? fd : write(fd, "other", 5));
    send_byte(ends[1], 'e');
    reap(child);
    return 0;
}
