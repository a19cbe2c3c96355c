/* /sys/devices/system/cpu tells as many processors as /proc/cpuinfo and sysconf. */
#include "proc_fields.h"
#include <dirent.h>

int main(void)
{
    static const char *const lists[] = {"online", "possible", "present"};
    for (size_t i = 0; i < 3; i++) {
        char path[64];
        snprintf(path, sizeof path, "/sys/devices/system/cpu/%s", lists[i]);
        char *text = proc_text(path);
        say("%s %d\n", path, text && strchr("0123456789", *text) != NULL);
    }
    int directories = 0, processors = 0;
    DIR *d = opendir("/sys/devices/system/cpu");
    for (struct dirent *e; d && (e = readdir(d));)
        directories += !strncmp(e->d_name, "cpu", 3) && e->d_name[3] >= '0' && e->d_name[3] <= '9';
    for (char *at = proc_text("/proc/cpuinfo"); (at = strstr(at, "processor\t:")); at++)
        processors++;
    say("as many %d, as sysconf says %d\n", directories >= processors,
        sysconf(_SC_NPROCESSORS_ONLN) == processors);
    say("core_id %d\n", proc_text("/sys/devices/system/cpu/cpu0/topology/core_id") != NULL);
    say_result("missing", open("/sys/devices/system/cpu/missing", O_RDONLY));
    return 0;
}
