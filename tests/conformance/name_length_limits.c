/* a name of 255 bytes can be used, one of 256 is ENAMETOOLONG, and so is a path of 4096 bytes. */
#include "observe_files.h"

int main(void)
{
    char name[300], path[5000];
    memset(name, 'n', sizeof name);
    name[255] = 0;
    put(name, "long");
    say("255: %ld\n", size_of(name));
    say_result("mkdir of it", mkdir(name, 0755));
    name[255] = 'n';
    name[256] = 0;
    struct stat s;
    say_result("open 256", open(name, O_RDWR | O_CREAT, 0644));
    say_result("stat 256", stat(name, &s));
    say_result("mkdir 256", mkdir(name, 0755));
    say_result("symlink 256", symlink("x", name));
    say_result("rename to 256", rename("none", name));
    put("f", "short");
    for (size_t i = 0; i < sizeof path; i += 2)
        memcpy(path + i, "./", 2);
    strcpy(path + 4094, "f");
    say_result("path of 4095", stat(path, &s));
    strcpy(path + 4094, "/f");
    say_result("path of 4096", stat(path, &s));
    memset(path, 't', sizeof path);
    path[4095] = 0;
    say_result("symlink text of 4095", symlink(path, "l"));
    path[4095] = 't';
    path[4096] = 0;
    say_result("symlink text of 4096", symlink(path, "m"));
    return 0;
}
