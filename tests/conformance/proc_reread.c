/* a file of /proc is made anew when it is read from its beginning again, a listing too. */
#include "observe.h"
#include <dirent.h>

static int umask_in(const char *text)
{
    const char *at = strstr(text, "Umask:");
    return at ? (int)strtol(at + 6, NULL, 8) : -1;
}

static int listed(DIR *d, pid_t pid)
{
    int found = 0;
    rewinddir(d);
    for (struct dirent *e; (e = readdir(d));)
        found += atoi(e->d_name) == pid;
    return found;
}

int main(void)
{
    static char text[8192];
    struct stat s;
    int ends[2], fd = open("/proc/self/status", O_RDONLY);
    MUST(fd);
    umask(022);
    MUST(read(fd, text, sizeof text - 1));
    say("first %o\n", umask_in(text));
    umask(077);
    MUST(lseek(fd, 0, SEEK_SET));
    MUST(read(fd, text, sizeof text - 1));
    say("again %o\n", umask_in(text));
    umask(027);
    MUST(pread(fd, text, sizeof text - 1, 0));
    say("pread %o\n", umask_in(text));
    MUST(fstat(fd, &s));
    say("size %ld, regular %d, mode %o\n", (long)s.st_size, S_ISREG(s.st_mode), (unsigned)s.st_mode & 0777);
    say_result("at the end", read(fd, text, sizeof text) > 0 ? 1 : 0);
    say_result("write", write(fd, "x", 1));
    say_result("mmap", mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED ? 0 : 1);
    struct stat by_path;
    MUST(stat("/proc/self/status", &by_path));
    say("same inode %d\n", s.st_ino == by_path.st_ino && s.st_dev == by_path.st_dev);
    make_pipe(ends);
    DIR *d = opendir("/proc");
    say("self listed %d\n", listed(d, getpid()));
    pid_t child = fork_child();
    if (child == 0) {
        take_byte(ends[0]);
        _exit(0);
    }
    say("child listed %d\n", listed(d, child));
    send_byte(ends[1], 'e');
    reap(child);
    say("gone %d\n", listed(d, child));
    say_result("open for writing", open("/proc/self/cmdline", O_WRONLY) < 0 && errno == EACCES ? 0 : 1);
    say_result("made", open("/proc/nothing", O_WRONLY | O_CREAT, 0644));
    say_result("mkdir", mkdir("/proc/self/nothing", 0755));
    return 0;
}
