/* /proc/PID/fd/N of another process: its name, opening it anew, nothing once it is closed. */
#include "observe_files.h"
#include <dirent.h>

int main(void)
{
    int command[2], answer[2], pipe_of_child[2];
    char path[64], text[600], cwd[512];
    make_pipe(command);
    make_pipe(answer);
    put("file", "of the child");
    pid_t child = fork_child();
    if (child == 0) {
        int fd = open("file", O_RDONLY);
        MUST(dup2(fd, 40));
        make_pipe(pipe_of_child);
        MUST(dup2(pipe_of_child[0], 41));
        send_byte(pipe_of_child[1], 'p');
        MUST(unlink("file"));
        send_byte(answer[1], 'r');
        take_byte(command[0]);
        close_fd(40);
        send_byte(answer[1], 'c');
        take_byte(command[0]);
        _exit(0);
    }
    take_byte(answer[0]);
    snprintf(path, sizeof path, "/proc/%d/fd/40", (int)child);
    ssize_t n = readlink(path, text, sizeof text - 1);
    MUST(n);
    text[n] = 0;
    say("name %s\n", getcwd(cwd, sizeof cwd) && !strncmp(text, cwd, strlen(cwd)) ? text + strlen(cwd) : text);
    struct stat s;
    say_result("lstat", lstat(path, &s));
    say_result("stat", stat(path, &s));
    int fd = open(path, O_RDONLY);
    MUST(fd);
    n = read(fd, text, sizeof text);
    say("read [%.*s]\n", (int)n, text);
    snprintf(path, sizeof path, "/proc/%d/fd/41", (int)child);
    n = readlink(path, text, sizeof text - 1);
    say("pipe %.6s\n", n > 6 ? text : "none");
    fd = open(path, O_RDONLY);
    MUST(fd);
    say("from its pipe %c\n", take_byte(fd));
    snprintf(path, sizeof path, "/proc/%d/fd", (int)child);
    DIR *d = opendir(path);
    int found = 0;
    for (struct dirent *e; (e = readdir(d));)
        found += !strcmp(e->d_name, "40") || !strcmp(e->d_name, "41");
    say("listed %d\n", found);
    send_byte(command[1], 'c');
    take_byte(answer[0]);
    snprintf(path, sizeof path, "/proc/%d/fd/40", (int)child);
    say_result("closed", open(path, O_RDONLY));
    send_byte(command[1], 'e');
    say_status("child", reap(child));
    say_result("gone", open(path, O_RDONLY));
    return 0;
}
