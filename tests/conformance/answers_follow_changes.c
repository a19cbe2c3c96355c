/* what stat, access, readlink, open, fstat and read say follows every change, however often they were asked in the same order before */
#include "files.h"
#include "observe.h"
#include <errno.h>
#include <sys/wait.h>

static void ask(const char *when)
{
    struct stat status, open_status;
    char text[32];
    int found = stat("one", &status), stat_errno = errno;
    int may = access("two", F_OK), access_errno = errno;
    int target = (int)readlink("three", text, sizeof text), link_errno = errno;
    int fd = open("four", O_RDONLY), open_errno = errno;
    say("%s: stat %d %d, access %d %d, readlink %d %d, open %d\n", when, found,
        found ? stat_errno : (int)status.st_size, may, may ? access_errno : 0, target,
        target < 0 ? link_errno : 0, fd < 0 ? open_errno : 0);
    if (fd < 0)
        return;
    MUST(fstat(fd, &open_status));
    int first = (int)read(fd, text, sizeof text), end = (int)read(fd, text, sizeof text);
    say("  size %d, read %d then %d\n", (int)open_status.st_size, first, end);
    int writer = open("four", O_WRONLY | O_APPEND);
    MUST(writer);
    end = (int)read(fd, text, sizeof text);
    MUST(write(writer, "xyz", 3));
    first = (int)read(fd, text, sizeof text);
    MUST(fstat(fd, &open_status));
    say("  read %d, after a write %d, size %d\n", end, first, (int)open_status.st_size);
    MUST(close(writer));
    MUST(close(fd));
}

static void in_child(void (*change)(void))
{
    pid_t child = fork();
    MUST(child);
    if (!child) {
        change();
        _exit(0);
    }
    MUST(waitpid(child, 0, 0));
}

static void make(void)
{
    put("one", "1");
    MUST(symlink("one", "three"));
}

static void make_more(void)
{
    put("one", "12345");
    put("two", "");
    put("four", "four");
}

static void take_away(void)
{
    MUST(unlink("one"));
    MUST(unlink("three"));
    MUST(rename("four", "two"));
}

int main(void)
{
    ask("nothing");
    ask("nothing still");
    in_child(make);
    ask("made by a child");
    make_more();
    ask("more");
    ask("more still");
    in_child(take_away);
    ask("taken away by a child");
    make_more();
    ask("made again");
    return 0;
}
