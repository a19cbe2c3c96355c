/* extended attributes of the user's name space are set, read, listed and removed by path, by link and by descriptor; flags, sizes and other name spaces are refused. */
#include "observe_files.h"
#include <stdbool.h>
#include <sys/syscall.h>
#include <sys/xattr.h>

static void tell(const char *what, long result)
{
    if (result < 0)
        say("%s: %s\n", what, strerrorname_np(errno));
    else
        say("%s: %ld\n", what, result);
}

/* Names are listed in no order. */
static void list(const char *what, char *names, long length)
{
    int count = 0;
    for (char *name = names; length > 0 && name < names + length; name += strlen(name) + 1)
        count += !strncmp(name, "user.", 5);
    say("%s: %d names\n", what, count);
}

static char large[65537];

int main(void)
{
    char value[64], long_name[300], names[256];
    int file = open("file", O_RDWR | O_CREAT, 0600), ends[2];
    MUST(file);
    MUST(mkdir("directory", 0700));
    MUST(symlink("file", "link"));
    MUST(pipe(ends));
    memset(long_name, 'n', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = 0;
    memcpy(long_name, "user.", 5);

    if (setxattr("file", "user.probe", "", 0, 0) < 0) {
        tell("no attributes here", -1);
        return 0;
    }
    tell("remove", removexattr("file", "user.probe"));
    tell("nothing yet", getxattr("file", "user.one", value, sizeof value));
    tell("list nothing", listxattr("file", names, sizeof names));
    tell("set", setxattr("file", "user.one", "1234", 4, XATTR_CREATE));
    tell("set again", setxattr("file", "user.one", "1234", 4, XATTR_CREATE));
    tell("replace", setxattr("file", "user.one", "12345", 5, XATTR_REPLACE));
    tell("replace what is not there", setxattr("file", "user.two", "1", 1, XATTR_REPLACE));
    tell("unknown flag", setxattr("file", "user.two", "1", 1, 4));
    tell("empty", fsetxattr(file, "user.two", "", 0, 0));
    tell("get", getxattr("file", "user.one", value, sizeof value));
    say("%.5s\n", value);
    tell("how long", getxattr("file", "user.one", NULL, 0));
    tell("too short", getxattr("file", "user.one", value, 4));
    tell("bad address", syscall(SYS_getxattr, "file", "user.one", 1, sizeof value));
    tell("through the link", getxattr("link", "user.one", value, sizeof value));
    tell("of the link", lgetxattr("link", "user.one", value, sizeof value));
    tell("set of the link", lsetxattr("link", "user.one", "1", 1, 0));
    tell("by descriptor", fgetxattr(file, "user.one", value, sizeof value));
    tell("empty one", fgetxattr(file, "user.two", value, sizeof value));
    long length = listxattr("file", names, sizeof names);
    tell("list", length);
    list("path", names, length);
    list("descriptor", names, flistxattr(file, names, sizeof names));
    list("link", names, llistxattr("link", names, sizeof names));
    tell("list, how long", flistxattr(file, NULL, 0));
    tell("list, too short", listxattr("file", names, 3));
    tell("directory", setxattr("directory", "user.d", "x", 1, 0));
    tell("of the directory", lgetxattr("directory", "user.d", value, sizeof value));

    tell("no name", setxattr("file", "", "x", 1, 0));
    tell("long name", setxattr("file", long_name, "x", 1, 0));
    tell("name without end", setxattr("file", "user.", "x", 1, 0));
    tell("no name space", setxattr("file", "name", "x", 1, 0));
    tell("other name space", getxattr("file", "other.name", value, sizeof value));
    tell("trusted", getxattr("file", "trusted.x", value, sizeof value));
    tell("trusted without end", setxattr("file", "trusted.", "x", 1, 0));
    if (setxattr("file", "trusted.y", "xy", 2, 0) == 0 || errno == EPERM) {
        bool mine = getxattr("file", "trusted.y", value, sizeof value) == 2;
        say("trusted is root's: %d\n",
            mine == (geteuid() == 0) && (listxattr("file", names, sizeof names) > 27) == mine);
        removexattr("file", "trusted.y");
    }
    tell("value too large", setxattr("file", "user.large", large, sizeof large, 0));
    tell("no such file", getxattr("nothing", "user.one", value, sizeof value));
    tell("no descriptor", fgetxattr(-1, "user.one", value, sizeof value));
    tell("pipe", fsetxattr(ends[0], "user.one", "x", 1, 0));
    int path = open("file", O_PATH);
    tell("O_PATH", fgetxattr(path, "user.one", value, sizeof value));
    tell("O_PATH, set", fsetxattr(path, "user.one", "x", 1, 0));
    tell("O_PATH, list", flistxattr(path, names, sizeof names));
    int reader = open("file", O_RDONLY);
    tell("set by a reader", fsetxattr(reader, "user.three", "x", 1, 0));

    if (fork() == 0) {
        tell("child", fremovexattr(file, "user.one"));
        return 0;
    }
    wait(NULL);
    tell("removed", getxattr("file", "user.one", value, sizeof value));
    tell("remove again", removexattr("link", "user.one"));
    tell("remove of the link", lremovexattr("link", "user.two"));
    tell("remove, no name space", removexattr("file", "name"));
    return 0;
}
