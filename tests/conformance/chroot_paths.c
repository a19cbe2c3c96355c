/* chroot: absolute paths, links and .. stay below the new root, children and open directories keep theirs. */
#include "observe_files.h"

static void where(const char *what)
{
    char path[4096];
    if (!getcwd(path, sizeof path))
        say("%s: %s\n", what, error_name(errno));
    else
        say("%s: %s\n", what, strncmp(path, "(unreachable)", 13) ? path : "(unreachable)");
}

int main(void)
{
    MUST(mkdir("new", 0755));
    MUST(mkdir("new/inside", 0755));
    MUST(mkdir("closed", 0));
    put("file", "outside");
    put("new/file", "in the new root");
    put("new/inside/file", "further in");
    MUST(symlink("/file", "new/inside/absolute"));
    MUST(symlink("../../../file", "new/inside/up"));
    say_result("nothing", chroot("nope"));
    say_result("a file", chroot("file"));
    int outside = open(".", O_RDONLY | O_DIRECTORY);
    MUST(outside);
    if (geteuid() == 0) {
        pid_t child = fork_child();
        if (child == 0) {
            MUST(setuid(65534));
            say_result("closed", chroot("closed"));
            say_result("an ordinary user", chroot("new"));
            _exit(0);
        }
        reap(child);
    } else {
        say_result("closed", chroot("closed"));
        say_result("an ordinary user", chroot("new"));
        return 0;
    }
    MUST(chroot("new"));
    where("still outside");
    show("file");
    show("/file");
    MUST(chdir("/"));
    where("in it");
    show("../../file");
    MUST(chdir("inside"));
    where("further in");
    show("absolute");
    show("up");
    say_result("stat of the old path", access("/new/file", F_OK));
    pid_t child = fork_child();
    if (child == 0) {
        where("child");
        show("/file");
        MUST(chroot("/inside"));
        MUST(chdir("/"));
        show("/file");
        where("child, again");
        _exit(0);
    }
    reap(child);
    show("/file");
    MUST(fchdir(outside));
    show("file");
    MUST(mkdir("/made", 0755));
    MUST(rename("/made", "/inside/moved"));
    MUST(chdir("/inside/moved"));
    where("moved");
    MUST(link("/file", "/inside/linked"));
    show("/inside/linked");
    return 0;
}
