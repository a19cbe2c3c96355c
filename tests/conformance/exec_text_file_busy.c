/* a file open for writing cannot be executed, nor a running program be written: ETXTBSY. */
#include "observe_files.h"

int main(int argc, char **argv)
{
    if (argc > 1) {
        send_byte(atoi(argv[2]), 'r');
        take_byte(atoi(argv[1]));
        return 0;
    }
    copy_self("copy");
    int writing = open("copy", O_WRONLY | O_CLOEXEC);
    say_result("exec while written", execl("copy", "copy", NULL));
    close_fd(writing);
    int go[2], ready[2];
    make_pipe(go);
    make_pipe(ready);
    char first[8], second[8];
    snprintf(first, sizeof first, "%d", go[0]);
    snprintf(second, sizeof second, "%d", ready[1]);
    pid_t child = fork_child();
    if (child == 0) {
        execl("copy", "copy", first, second, NULL);
        _exit(9);
    }
    take_byte(ready[0]);
    say_result("write while running", open("copy", O_WRONLY));
    say_result("truncate while running", truncate("copy", 0));
    int reading = open("copy", O_RDONLY);
    say("reading %d\n", reading >= 0);
    send_byte(go[1], 'g');
    say_status("child", reap(child));
    say("write afterwards %d\n", open("copy", O_WRONLY) >= 0);
    return 0;
}
