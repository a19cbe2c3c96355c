/* /proc/self/fd/N is a link: lstat, chmod, truncate, access, paths through directories. */
#include "observe_files.h"
#include <dirent.h>

static char name[64];

static const char *of(int fd, const char *rest)
{
    snprintf(name, sizeof name, "/proc/self/fd/%d%s", fd, rest);
    return name;
}

static void say_link(const char *what, int fd)
{
    struct stat s;
    MUST(lstat(of(fd, ""), &s));
    say("%s: link %d, mode %o\n", what, S_ISLNK(s.st_mode), (unsigned)s.st_mode & 0777);
}

int main(void)
{
    int ends[2];
    struct stat s, through;
    char text[600];
    make_pipe(ends);
    put("file", "0123456789");
    MUST(mkdir("directory", 0755));
    put("directory/inside", "x");
    int reading = open("file", O_RDONLY), writing = open("file", O_WRONLY), both = open("file", O_RDWR);
    int directory = open("directory", O_RDONLY | O_DIRECTORY);
    say_link("reading", reading);
    say_link("writing", writing);
    say_link("both", both);
    say_link("pipe's read end", ends[0]);
    say_link("pipe's write end", ends[1]);
    MUST(stat(of(ends[0], ""), &s));
    say("through the link it is a pipe %d\n", S_ISFIFO(s.st_mode));
    MUST(fstat(reading, &s));
    MUST(stat(of(reading, ""), &through));
    say("through the link it is the file %d\n", s.st_ino == through.st_ino && s.st_dev == through.st_dev);
    say_result("chmod", chmod(of(reading, ""), 0640));
    MUST(stat("file", &s));
    say("mode %o\n", (unsigned)s.st_mode & 07777);
    say_result("fchmodat of the link itself", fchmodat(AT_FDCWD, of(reading, ""), 0600, AT_SYMLINK_NOFOLLOW));
    struct timespec times[2] = {{1000, 0}, {2000, 0}};
    say_result("utimensat", utimensat(AT_FDCWD, of(writing, ""), times, 0));
    MUST(stat("file", &s));
    say("mtime %ld\n", (long)s.st_mtim.tv_sec);
    say_result("truncate", truncate(of(both, ""), 4));
    say("size %ld\n", size_of("file"));
    say_result("access R_OK", access(of(reading, ""), R_OK));
    say_result("access of a closed one", access(of(99, ""), F_OK));
    say_result("a name in a directory", open(of(directory, "/inside"), O_RDONLY) < 0 ? -1 : 0);
    say_result("a name in a file", open(of(reading, "/inside"), O_RDONLY));
    say_result("made in a directory", close(open(of(directory, "/made"), O_WRONLY | O_CREAT, 0644)));
    say("made %d\n", access("directory/made", F_OK) == 0);
    say_result("mkdir through it", mkdir(of(directory, "/sub"), 0755));
    say_result("opendir through it",
               openat(AT_FDCWD, of(directory, ""), O_RDONLY | O_DIRECTORY) < 0 ? -1 : 0);
    say_result("O_DIRECTORY of a file", open(of(reading, ""), O_RDONLY | O_DIRECTORY));
    say_result("O_NOFOLLOW", open(of(reading, ""), O_RDONLY | O_NOFOLLOW));
    MUST(symlink(of(reading, ""), "link"));
    int fd = open("link", O_RDONLY);
    say("a link to the link opens %d\n", fd >= 0);
    int list = open("/proc/self/fd", O_RDONLY | O_DIRECTORY);
    snprintf(text, sizeof text, "%d", both);
    say("openat in the directory %d\n", openat(list, text, O_RDONLY) >= 0);
    say_result("unlink", unlink(of(reading, "")));
    say_result("chdir", chdir(of(directory, "")));
    say("there %d\n", access("inside", F_OK) == 0);
    return 0;
}
