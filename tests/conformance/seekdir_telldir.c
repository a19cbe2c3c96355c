/* telldir and seekdir return to the same entry; rewinddir sees what was made since. */
#include "observe_files.h"

#include <dirent.h>

int main(void)
{
    char name[16];
    for (int i = 0; i < 40; i++) {
        snprintf(name, sizeof name, "f%02d", i);
        put(name, "");
    }
    DIR *d = opendir(".");
    long at[64];
    char names[64][16];
    int n = 0;
    for (;;) {
        at[n] = telldir(d);
        struct dirent *e = readdir(d);
        if (!e)
            break;
        snprintf(names[n++], sizeof names[0], "%.15s", e->d_name);
    }
    say("entries %d\n", n);
    int wrong = 0;
    for (int i = n - 1; i >= 0; i -= 7) {
        seekdir(d, at[i]);
        struct dirent *e = readdir(d);
        wrong += !e || strcmp(e->d_name, names[i]) != 0;
    }
    say("wrong after seekdir %d\n", wrong);
    put("new", "");
    MUST(unlink("f07"));
    rewinddir(d);
    int total = 0, added = 0, removed = 0;
    for (struct dirent *e; (e = readdir(d)); total++) {
        added += !strcmp(e->d_name, "new");
        removed += !strcmp(e->d_name, "f07");
    }
    say("again %d, new %d, removed %d\n", total, added, removed);
    return 0;
}
