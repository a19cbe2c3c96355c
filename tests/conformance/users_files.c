/* Files follow the user who acts: modes, sticky and set-group-ID directories, owners of what is made. */
#include "users.h"

static void try_file(const char *name)
{
    say("%s:\n", name);
    say_result(" read", open(name, O_RDONLY));
    say_result(" write", open(name, O_WRONLY));
    say_result(" access r", access(name, R_OK));
    say_result(" access w", access(name, W_OK));
    say_result(" access x", access(name, X_OK));
    say_result(" effective r", faccessat(AT_FDCWD, name, R_OK, AT_EACCESS));
    say_result(" truncate", truncate(name, 3));
    say_result(" chmod", chmod(name, 0600));
    say_result(" times", utimensat(AT_FDCWD, name, NULL, 0));
    struct timespec past[2] = {{1, 0}, {1, 0}};
    say_result(" past times", utimensat(AT_FDCWD, name, past, 0));
    say_result(" chown", chown(name, geteuid(), (gid_t)-1));
}

static void close_all(void)
{
    for (int fd = 3; fd < 20; fd++)
        close(fd);
}

static void owner_of(const char *name)
{
    struct stat status;
    if (lstat(name, &status))
        say_result(name, -1);
    else
        say("%s: %s %s %o\n", name, called(status.st_uid, first_user), called(status.st_gid, first_group),
            status.st_mode & 07777);
}

static void as_other(void)
{
    try_file("secret");
    close_all();
    try_file("public");
    close_all();
    try_file("closed/inside");
    say_result("make", open("new", O_CREAT | O_WRONLY, 0666));
    say_result("mkdir", mkdir("newdir", 0755));
    say_result("unlink", unlink("public"));
    say_result("rename", rename("public", "private"));
    say_result("link", link("public", "open/linked"));
    say_result("symlink", symlink("x", "sym"));
    say_result("mkfifo", mkfifo("f", 0666));
    say_result("chdir", chdir("closed"));
    say_result("rmdir", rmdir("closed"));
    say_result("list", open("listless", O_RDONLY | O_DIRECTORY));
    say_result("through", open("listless/inside", O_RDONLY));
    say_result("up again", open("listless/../public", O_RDONLY));
    say_result("by a link", open("way", O_RDONLY));
    close_all();
    say_result("open: make", open("open/mine", O_CREAT | O_WRONLY, 06755));
    say_result("open: mkdir", mkdir("open/dir", 0755));
    say_result("open: fifo", mkfifo("open/fifo", 0644));
    say_result("open: symlink", symlink("mine", "open/symlink"));
    owner_of("open/mine");
    owner_of("open/dir");
    owner_of("open/fifo");
    owner_of("open/symlink");
    say_result("sticky: of others", unlink("sticky/roots"));
    say_result("sticky: rename", rename("sticky/roots", "sticky/x"));
    say_result("sticky: own", open("sticky/own", O_CREAT | O_WRONLY, 0644));
    say_result("sticky: unlink own", unlink("sticky/own"));
    say_result("group: make", open("shared/file", O_CREAT | O_WRONLY, 0644));
    say_result("group: mkdir", mkdir("shared/dir", 0755));
    owner_of("shared/file");
    owner_of("shared/dir");
    say_result("give away", chown("open/mine", 0, (gid_t)-1));
    say_result("give to a group", chown("open/mine", (uid_t)-1, SOMEBODY));
    say_result("own set-group-ID", chmod("open/mine", 02755));
    owner_of("open/mine");
    close_all();
}

static void to_other(void)
{
    MUST(setgroups(0, NULL));
    MUST(setgid(NOBODY));
    MUST(setuid(NOBODY));
    as_other();
}

static void with_a_group(void)
{
    gid_t group = SOMEBODY;
    MUST(setgroups(1, &group));
    MUST(setgid(NOBODY));
    MUST(setuid(NOBODY));
    say_result("read as the group", open("groups", O_RDONLY));
    say_result("write as the group", open("groups", O_WRONLY));
    say_result("give to that group", chown("open/mine", (uid_t)-1, SOMEBODY));
    say_result("set-group-ID", chmod("open/mine", 02755));
    owner_of("open/mine");
}

static void for_files(void)
{
    setfsuid(NOBODY);
    say_result("fsuid: read", open("secret", O_RDONLY));
    say_result("fsuid: make", open("open/fs", O_CREAT | O_WRONLY, 0644));
    owner_of("open/fs");
    say_result("fsuid: access is for the real user", access("secret", R_OK));
    say_result("fsuid: effective access", faccessat(AT_FDCWD, "secret", R_OK, AT_EACCESS));
    setfsuid(first_user);
    say_result("back: read", open("secret", O_RDONLY));
    MUST(seteuid(NOBODY));
    say_result("euid: read", open("secret", O_RDONLY));
    say_result("euid: access", access("secret", R_OK));
    MUST(seteuid(first_user));
    MUST(setreuid(NOBODY, -1));
    say_result("ruid: read", open("secret", O_RDONLY));
    say_result("ruid: access", access("secret", R_OK));
    close_all();
}

/* A file that is open stays open, whoever the process becomes; opening it anew asks again. */
static void open_before(void)
{
    int fd = open("secret", O_RDWR);
    MUST(fd);
    MUST(setgid(NOBODY));
    MUST(setuid(NOBODY));
    char name[32];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    say_result("write", write(fd, "text", 4));
    say_result("pread", pread(fd, name + 20, 4, 0));
    say_result("fchmod", fchmod(fd, 0644));
    say_result("fchown", fchown(fd, NOBODY, -1));
    say_result("ftruncate", ftruncate(fd, 0));
    say_result("anew", open(name, O_RDWR) < 0 ? -1 : 0);
    say_result("mapped", mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED);
}

static void written(void)
{
    MUST(setgid(NOBODY));
    MUST(setuid(NOBODY));
    int fd = open("bits", O_WRONLY);
    MUST(fd);
    MUST(write(fd, "x", 1));
    owner_of("bits");
}

int main(void)
{
    bool root = is_root();
    umask(0);
    put("secret", "text");
    MUST(chmod("secret", 0400));
    put("public", "text");
    MUST(chmod("public", 0644));
    MUST(mkdir("closed", 0700));
    put("closed/inside", "");
    MUST(mkdir("listless", 0711));
    put("listless/inside", "");
    MUST(chmod("listless/inside", 0644));
    MUST(mkdir("open", 0777));
    MUST(mkdir("sticky", 01777));
    put("sticky/roots", "");
    MUST(mkdir("shared", 0777));
    put("groups", "");
    MUST(chmod("groups", 0640));
    put("bits", "text");
    MUST(chmod("bits", 06777));
    MUST(symlink("secret", "way"));
    MUST(chmod(".", 0755));
    if (root) {
        MUST(chown("shared", 0, SOMEBODY));
        MUST(chown("groups", 0, SOMEBODY));
    }
    MUST(chmod("shared", 02777));
    owner_of("bits");
    MUST(chown("bits", first_user, first_group));
    owner_of("bits");
    MUST(chmod("bits", 06777));
    int fd = open("bits", O_WRONLY);
    MUST(write(fd, "x", 1));
    owner_of("bits");
    MUST(chmod("bits", 06777));
    run_child(root ? to_other : as_other);
    if (root) {
        run_child(with_a_group);
        run_child(for_files);
        run_child(open_before);
        run_child(written);
    }
    say("root %d\n", root);
    return 0;
}
