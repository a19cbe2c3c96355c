/* /proc/self: coredump_filter is set and inherited, map_files links what is mapped, sched, stack, maps of ids and time are there. */
#include "observe.h"

#include <dirent.h>

static void show(const char *name)
{
    char path[64], text[256] = "";
    snprintf(path, sizeof path, "/proc/self/%s", name);
    int fd = open(path, O_RDONLY);
    if (fd < 0) {
        say_result(name, fd);
        return;
    }
    long length = read(fd, text, sizeof text - 1);
    if (length < 0)
        say_result(name, length);
    else
        say("%s: %s", name, text);
    close_fd(fd);
}

static void put(const char *name, const char *text)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/%s", name);
    int fd = open(path, O_WRONLY);
    MUST(fd);
    say("%s %s", name, text);
    say_result("", write(fd, text, strlen(text)));
    close_fd(fd);
}

static void in_child(void)
{
    show("coredump_filter");
    put("coredump_filter", "1\n");
}

static mode_t mode_of(const char *name)
{
    char path[64];
    struct stat status;
    snprintf(path, sizeof path, "/proc/self/%s", name);
    return lstat(path, &status) == 0 ? status.st_mode : 0;
}

static void mapped_links(void)
{
    int file = open("file", O_RDWR | O_CREAT, 0644), found = 0;
    MUST(file);
    MUST(ftruncate(file, 4096));
    char *at = mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, 0), name[64], target[4096];
    snprintf(name, sizeof name, "%lx-%lx", (unsigned long)at, (unsigned long)at + 4096);
    DIR *directory = opendir("/proc/self/map_files");
    if (!directory) {
        say("map_files: %s\n", error_name(errno));
        return;
    }
    for (struct dirent *entry; (entry = readdir(directory));)
        found += strcmp(entry->d_name, name) == 0;
    closedir(directory);
    char path[128];
    snprintf(path, sizeof path, "/proc/self/map_files/%s", name);
    long length = readlink(path, target, sizeof target - 1);
    target[length < 0 ? 0 : length] = 0;
    say("listed %d, leads to %s\n", found, strrchr(target, '/') ? strrchr(target, '/') : "nothing");
}

int main(void)
{
    show("coredump_filter");
    put("coredump_filter", "0x7f");
    show("coredump_filter");
    say_status("child", run_child(in_child));
    show("coredump_filter");
    put("coredump_filter", "8");
    show("coredump_filter");
    put("coredump_filter", "many");
    show("timens_offsets");
    static const char *const names[] = {"stack", "map_files", "cpuset", "uid_map", "projid_map"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        say("%s %o\n", names[i], mode_of(names[i]));
    char line[128] = "";
    FILE *sched = fopen("/proc/self/sched", "r");
    if (sched && fgets(line, sizeof line, sched))
        say("%d\n", strstr(line, "#threads: 1)") != NULL);
    int policy = 0;
    while (sched && fgets(line, sizeof line, sched))
        policy += strncmp(line, "policy", 6) == 0 && strstr(line, ":") != NULL;
    say("policy %d\n", policy);
    mapped_links();
    return 0;
}
