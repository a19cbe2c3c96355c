/* readdir lists every name once, with . and .., and can be rewound. */
#include "observe.h"
#include <dirent.h>

int main(void)
{
    char name[16];
    MUST(mkdir("d", 0755));
    for (int i = 0; i < 300; i++) {
        snprintf(name, sizeof name, "d/%03d", i);
        MUST(close(open(name, O_CREAT | O_WRONLY, 0600)));
    }
    DIR *d = opendir("d");
    for (int round = 0; round < 2; round++) {
        int names = 0, dots = 0;
        long sum = 0;
        for (struct dirent *e; (e = readdir(d));)
            if (e->d_name[0] == '.')
                dots++;
            else
                names++, sum += atoi(e->d_name);
        say("%d names, sum %ld, %d dots\n", names, sum, dots);
        rewinddir(d);
    }
    closedir(d);
    say_result("file", opendir("d/000") ? 0 : -1);
    return 0;
}
