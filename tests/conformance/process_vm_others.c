/* process_vm_readv and process_vm_writev move memory of a child and of the process itself. */
#include "observe.h"

static char words[] = "the parent's words", large[200000];

int main(void)
{
    int told[2], stop[2];
    char own[64] = "", *shared;
    make_pipe(told);
    make_pipe(stop);
    pid_t child = fork_child();
    if (child == 0) {
        strcpy(words, "the child's words");
        memset(large, 'c', sizeof large);
        shared = strdup("on its heap");
        MUST(write(told[1], &shared, sizeof shared));
        take_byte(stop[0]);
        say("child: %s, %c%c\n", words, large[99999], large[100000]);
        _exit(0);
    }
    MUST(read(told[0], &shared, sizeof shared));
    struct iovec here[2] = {{own, 4}, {own + 4, 40}}, there[2] = {{words, 10}, {shared, 12}};
    say_result("read", process_vm_readv(child, here, 2, there, 2, 0));
    say("%.10s|%s\n", own, own + 10);
    static char got[sizeof large];
    here[0] = (struct iovec){got, sizeof got};
    there[0] = (struct iovec){large, sizeof large};
    say_result("read much", process_vm_readv(child, here, 1, there, 1, 0));
    say("%c %c, own %d\n", got[0], got[sizeof got - 1], large[0]);
    memset(got, 'p', sizeof got);
    here[0].iov_len = 100000;
    say_result("write much", process_vm_writev(child, here, 1, there, 1, 0));
    here[0] = (struct iovec){own, 3};
    there[0] = (struct iovec){words, 3};
    memcpy(own, "THE", 3);
    say_result("write", process_vm_writev(child, here, 1, there, 1, 0));
    say_result("to itself", process_vm_writev(getpid(), here, 1, there, 1, 0));
    say("%s\n", words);
    there[0].iov_base = (void *)8192;
    say_result("nothing there", process_vm_readv(child, here, 1, there, 1, 0));
    say_result("nobody", process_vm_readv(999999, here, 1, there, 1, 0));
    say_result("flags", process_vm_readv(child, here, 1, there, 1, 1));
    say_result("too many", process_vm_readv(child, here, 1025, there, 1, 0));
    say_result("bad vector", process_vm_readv(child, (struct iovec *)-1, 1, there, 1, 0));
    say_result("none", process_vm_readv(child, NULL, 0, NULL, 0, 0));
    send_byte(stop[1], 0);
    say_status("child", reap(child));
    return 0;
}
