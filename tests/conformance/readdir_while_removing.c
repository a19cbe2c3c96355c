/* removing each entry while reading a directory empties it; a removed directory lists nothing. */
#include "observe_files.h"

#include <dirent.h>

int main(void)
{
    char name[32];
    MUST(mkdir("d", 0755));
    for (int i = 0; i < 500; i++) {
        snprintf(name, sizeof name, "d/%d", i);
        put(name, "");
    }
    int removed = 0;
    for (int pass = 0; pass < 10 && removed < 500; pass++) {
        DIR *d = opendir("d");
        for (struct dirent *e; (e = readdir(d));)
            if (e->d_name[0] != '.')
                removed += unlinkat(dirfd(d), e->d_name, 0) == 0;
        MUST(closedir(d));
    }
    say("removed %d\n", removed);
    DIR *open_one = opendir("d");
    MUST(rmdir("d"));
    int left = 0;
    while (readdir(open_one))
        left++;
    say("entries of a removed directory %d\n", left);
    struct stat s;
    MUST(fstat(dirfd(open_one), &s));
    say("links %d\n", (int)s.st_nlink);
    say_result("new file in it", openat(dirfd(open_one), "f", O_CREAT | O_RDWR, 0644));
    return 0;
}
