/* openat2: what resolve forbids is ELOOP or EXDEV, a new root holds; unknown flags and sizes are refused. */
#include "observe_files.h"

#include <linux/openat2.h>
#include <sys/syscall.h>

static int open_how(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve)
{
    struct open_how how = {flags, mode, resolve};
    return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

static void try(int directory, const char *path, uint64_t resolve)
{
    int fd = open_how(directory, path, O_RDONLY, 0, resolve);
    say("%s with %x: %s\n", path, (unsigned)resolve, fd < 0 ? error_name(errno) : "opened");
    if (fd >= 0)
        close_fd(fd);
}

int main(void)
{
    MUST(mkdir("d", 0755));
    MUST(mkdir("d/e", 0755));
    put("d/file", "in d");
    put("file", "outside");
    MUST(symlink("file", "d/link"));
    MUST(symlink("../file", "d/out"));
    MUST(symlink("/file", "d/root"));
    MUST(symlink("e/../file", "d/round"));
    int d = open("d", O_RDONLY | O_DIRECTORY);
    MUST(d);
    static const char *const paths[] = {"file",      "link", "out",  "root", "round", "../file",
                                        "e/../file", "..",   "e/..", "nope", ".",     "/proc/self/exe"};
    static const uint64_t rules[] = {0, RESOLVE_NO_SYMLINKS, RESOLVE_BENEATH, RESOLVE_IN_ROOT,
                                     RESOLVE_NO_MAGICLINKS};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        for (size_t j = 0; j < sizeof rules / sizeof *rules; j++)
            if (strcmp(paths[i], "root") || rules[j])
                try(d, paths[i], rules[j]);
    try(d, "/proc/version", RESOLVE_NO_XDEV);
    try(d, "file", RESOLVE_NO_XDEV);
    say_result("both roots", open_how(d, "file", 0, 0, RESOLVE_BENEATH | RESOLVE_IN_ROOT));
    say_result("unknown rule", open_how(d, "file", 0, 0, 0x100));
    say_result("unknown flag", open_how(d, "file", 1UL << 31, 0, 0));
    say_result("mode of none", open_how(d, "file", 0, 0644, 0));
    say_result("mode too large", open_how(d, "new", O_CREAT | O_RDWR, 010000, 0));
    say_result("path only", open_how(d, "file", O_PATH | O_RDWR, 0, 0));
    struct open_how how[2] = {{0, 0, 0}, {0, 0, 0}};
    say_result("too small", syscall(SYS_openat2, d, "file", how, sizeof *how - 8));
    say("larger: %d\n", syscall(SYS_openat2, d, "file", how, 2 * sizeof *how) >= 0);
    how[1].flags = 1;
    say("larger, and not zero: %d\n",
        syscall(SYS_openat2, d, "file", how, 2 * sizeof *how) < 0 && errno == E2BIG);
    int made = open_how(d, "made", O_CREAT | O_WRONLY, 0600, RESOLVE_BENEATH);
    MUST(made);
    struct stat status;
    MUST(fstat(made, &status));
    say("made with %o\n", (unsigned)status.st_mode & 07777);
    return 0;
}
