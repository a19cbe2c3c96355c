/* a pseudo-terminal is locked first, has a name, an owner and a mode, and its name goes with its master. */
#include "observe_terminal.h"

#include <sys/sysmacros.h>

int main(void)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY), locked = -1, number = -1;
    MUST(master);
    char name[64];
    MUST(snprintf(name, sizeof name, "%s", ptsname(master)));
    MUST(ioctl(master, TIOCGPTN, &number));
    char expected[64];
    MUST(snprintf(expected, sizeof expected, "/dev/pts/%d", number));
    say("name %d\n", strcmp(name, expected) == 0);
    say_result("open while locked", open(name, O_RDWR | O_NOCTTY));
    MUST(grantpt(master));
    MUST(unlockpt(master));
    int slave = open(name, O_RDWR | O_NOCTTY);
    MUST(slave);
    say("terminals %d %d\n", isatty(master), isatty(slave));
    say("its name %d\n", strcmp(ttyname(slave), name) == 0);

    struct stat by_name, opened;
    MUST(stat(name, &by_name));
    MUST(fstat(slave, &opened));
    say("same %d\n", by_name.st_ino == opened.st_ino && by_name.st_dev == opened.st_dev &&
                         by_name.st_rdev == opened.st_rdev);
    say("device %d %d, type %o, mode %o\n", (int)major(opened.st_rdev), (int)minor(opened.st_rdev) == number,
        opened.st_mode & S_IFMT, opened.st_mode & 07777);
    say("owner %d\n", opened.st_uid == getuid());
    MUST(chmod(name, 0622));
    MUST(fstat(slave, &opened));
    say("changed by name %o\n", opened.st_mode & 07777);
    MUST(fchmod(slave, 0640));
    MUST(fchown(slave, getuid(), getgid()));
    MUST(stat(name, &by_name));
    say("changed by descriptor %o, group %d\n", by_name.st_mode & 07777, by_name.st_gid == getgid());

    locked = 1;
    MUST(ioctl(master, TIOCSPTLCK, &locked));
    say_result("open while locked again", open(name, O_RDWR | O_NOCTTY));
    MUST(ioctl(master, TIOCGPTLCK, &number));
    say("locked %d\n", number);
    say_result("number of the other end", ioctl(slave, TIOCGPTN, &number));
    say_result("lock of the other end", ioctl(slave, TIOCSPTLCK, &locked));
    say("name of the other end %d\n", ptsname(slave) == NULL);
    MUST(fstat(master, &opened));
    say("master %d %d\n", (int)major(opened.st_rdev), (int)minor(opened.st_rdev));
    close_fd(master);
    say_result("stat when it is gone", stat(name, &by_name));
    say_result("open when it is gone", open(name, O_RDWR | O_NOCTTY));
    return 0;
}
