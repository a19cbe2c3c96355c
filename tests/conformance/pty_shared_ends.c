/* ends of a terminal are shared by fork and dup, and called by their names in /proc/self/fd and /dev/pts. */
#include "observe_terminal.h"

#include <dirent.h>

static int is_listed(const char *name)
{
    DIR *directory = opendir("/dev/pts");
    int found = 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
        found |= strcmp(entry->d_name, strrchr(name, '/') + 1) == 0;
    closedir(directory);
    return found;
}

int main(void)
{
    int master, slave, other_master, other;
    open_pair(&master, &slave);
    open_pair(&other_master, &other);
    char name[64], other_name[64], link[64], target[64];
    snprintf(name, sizeof name, "%s", ptsname(master));
    snprintf(other_name, sizeof other_name, "%s", ptsname(other_master));
    say("two names %d\n", strcmp(name, other_name) != 0);
    snprintf(link, sizeof link, "/proc/self/fd/%d", slave);
    ssize_t length = readlink(link, target, sizeof target - 1);
    MUST(length);
    target[length] = 0;
    say("link %d\n", strcmp(target, name) == 0);
    snprintf(link, sizeof link, "/proc/self/fd/%d", master);
    length = readlink(link, target, sizeof target - 1);
    MUST(length);
    target[length] = 0;
    say("master's link %s\n", target);
    say("listed %d %d\n", is_listed(name), is_listed(other_name));
    snprintf(link, sizeof link, "/proc/self/fd/%d", slave);
    int again = open(link, O_RDWR | O_NOCTTY);
    MUST(again);
    pid_t child = fork_child();
    if (child == 0) {
        MUST(write(dup(slave), "child ", 6));
        _exit(0);
    }
    reap(child);
    MUST(write(again, "again", 5));
    say_all("one terminal", master, 11);
    type(other_master, "other\n");
    say_read("its own line", other, 100);
    say_events("not this one's", slave);
    close_fd(other);
    close_fd(other_master);
    say("listed %d %d\n", is_listed(name), is_listed(other_name));
    say("access %d\n", access(name, R_OK | W_OK));
    return 0;
}
