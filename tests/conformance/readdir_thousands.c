/* a directory of 3000 entries is listed completely, each once; fdopendir takes over a descriptor. */
#include "observe_files.h"

#include <dirent.h>

int main(void)
{
    char name[64];
    static char seen[3000];
    MUST(mkdir("d", 0755));
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof name, "d/a_rather_long_name_for_an_entry_%04d", i);
        if (i % 1000 == 1)
            MUST(mkdir(name, 0755));
        else if (i % 1000 == 2)
            MUST(symlink("x", name));
        else
            put(name, "");
    }
    int fd = open("d", O_RDONLY | O_DIRECTORY);
    DIR *d = fdopendir(fd);
    say("same descriptor %d\n", dirfd(d) == fd);
    int twice = 0, dots = 0, kinds[3] = {0};
    for (struct dirent *e; (e = readdir(d));) {
        if (e->d_name[0] == '.') {
            dots++;
            continue;
        }
        int i = atoi(strrchr(e->d_name, '_') + 1);
        twice += seen[i]++;
        kinds[e->d_type == DT_DIR ? 0 : e->d_type == DT_LNK ? 1 : 2]++;
    }
    say("dots %d, twice %d, directories %d, links %d, files %d\n", dots, twice, kinds[0], kinds[1], kinds[2]);
    MUST(closedir(d));
    say_result("closed with it", fcntl(fd, F_GETFD));
    return 0;
}
