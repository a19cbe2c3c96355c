/* /proc/self/mounts and mountinfo agree; net's tables have headers; cgroup, io have their form. */
#include "proc_fields.h"

static int lines(const char *path)
{
    int count = 0;
    for (char *at = proc_text(path); at && (at = strchr(at, '\n')); at++)
        count++;
    return count;
}

static void header(const char *path)
{
    char *text = proc_text(path);
    say("%s: [%.*s]\n", path, text ? (int)strcspn(text, "\n") : 7, text ? text : "missing");
}

int main(void)
{
    say("as many lines %d\n", lines("/proc/self/mounts") == lines("/proc/self/mountinfo"));
    int fields = 0, proc = 0, dash = 0;
    char *save = NULL;
    for (char *line = strtok_r(proc_text("/proc/self/mountinfo"), "\n", &save); line;
         line = strtok_r(NULL, "\n", &save)) {
        int id, parent, major, minor;
        char root[600], point[600];
        fields += sscanf(line, "%d %d %d:%d %599s %599s", &id, &parent, &major, &minor, root, point) == 6;
        proc += !strcmp(point, "/proc");
        dash += strstr(line, " - ") != NULL;
    }
    say("mountinfo's form %d, /proc %d\n", fields == dash && fields > 0, proc == 1);
    say("/proc/mounts is the same %d\n", lines("/proc/mounts") == lines("/proc/self/mounts"));
    header("/proc/net/tcp");
    header("/proc/net/udp");
    header("/proc/net/unix");
    header("/proc/net/dev");
    header("/proc/net/route");
    say("cgroup %d\n", strstr(proc_text("/proc/self/cgroup"), ":/") != NULL);
    unsigned id;
    say("loginuid %d, sessionid %d\n", sscanf(proc_text("/proc/self/loginuid"), "%u", &id),
        sscanf(proc_text("/proc/self/sessionid"), "%u", &id));
    unsigned long inside, outside, count;
    say("uid_map %d\n", sscanf(proc_text("/proc/self/uid_map"), "%lu %lu %lu", &inside, &outside, &count));
    long long read_bytes = -1;
    say("io %d\n", sscanf(proc_text("/proc/self/io"), "rchar: %lld", &read_bytes));
    say("uptime %d, loadavg %d\n", sscanf(proc_text("/proc/uptime"), "%*f %*f") == 0,
        strchr(proc_text("/proc/loadavg"), '/') != NULL);
    static const char *const files[] = {"/proc/meminfo",    "/proc/stat",    "/proc/cpuinfo",
                                        "/proc/vmstat",     "/proc/version", "/proc/filesystems",
                                        "/proc/self/wchan", "/proc/cmdline", "/proc/swaps"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        say("%s %d\n", files[i], proc_text(files[i]) != NULL);
    return 0;
}
