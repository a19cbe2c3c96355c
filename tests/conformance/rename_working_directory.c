/* a working directory that is renamed stays the process's; getcwd and paths follow. */
#include "observe_files.h"

static char base[512];

static void where(const char *who)
{
    char text[600];
    say("%s: %s\n", who, getcwd(text, sizeof text) ? text + strlen(base) : error_name(errno));
}

int main(void)
{
    int command[2], answer[2];
    make_pipe(command);
    make_pipe(answer);
    if (!getcwd(base, sizeof base))
        return 1;
    MUST(mkdir("a", 0755));
    MUST(mkdir("a/b", 0755));
    put("a/b/file", "x");
    pid_t child = fork_child();
    if (child == 0) {
        MUST(chdir("a/b"));
        send_byte(answer[1], 'r');
        for (int i = 0; i < 3; i++) {
            take_byte(command[0]);
            where("child");
            say("child sees the file %d\n", access("file", F_OK) == 0);
            send_byte(answer[1], 'd');
        }
        _exit(0);
    }
    take_byte(answer[0]);
    int open_directory = open("a/b", O_RDONLY | O_DIRECTORY), open_file = open("a/b/file", O_RDONLY);
    MUST(rename("a", "renamed"));
    send_byte(command[1], 'g');
    take_byte(answer[0]);
    MUST(mkdir("a", 0755));
    MUST(mkdir("a/b", 0755));
    send_byte(command[1], 'g');
    take_byte(answer[0]);
    MUST(rename("renamed/b", "a/c"));
    send_byte(command[1], 'g');
    take_byte(answer[0]);
    say_status("child", reap(child));
    say("an open directory follows %d\n", openat(open_directory, "file", O_RDONLY) >= 0);
    MUST(fchdir(open_directory));
    where("fchdir");
    char link[64], text[600];
    snprintf(link, sizeof link, "/proc/self/fd/%d", open_file);
    ssize_t n = readlink(link, text, sizeof text - 1);
    MUST(n);
    text[n] = 0;
    say("an open file %s\n", text + strlen(base));
    n = readlink("/proc/self/cwd", text, sizeof text - 1);
    MUST(n);
    text[n] = 0;
    say("cwd %s\n", text + strlen(base));
    return 0;
}
