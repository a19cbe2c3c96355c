/* bind makes a socket file with the umask applied; the name stays when the socket is closed, and is unlinked as a file. */
#include "observe_sockets.h"

int main(void)
{
    struct stat status;
    struct address at = local_address("s"), missing = local_address("none/s"), file = local_address("f/s");
    umask(027);
    int fd = new_socket(AF_UNIX, SOCK_STREAM), other = new_socket(AF_UNIX, SOCK_STREAM);
    say_result("bind", bind_to(fd, &at));
    MUST(stat("s", &status));
    say("socket %d mode %o size %ld\n", S_ISSOCK(status.st_mode), status.st_mode & 0777,
        (long)status.st_size);
    say_result("again", bind_to(fd, &at));
    say_result("another", bind_to(other, &at));
    say_result("no directory", bind_to(other, &missing));
    MUST(close(open("f", O_CREAT | O_WRONLY, 0600)));
    say_result("file as directory", bind_to(other, &file));
    struct address name = name_of(fd);
    say("length %u path %s\n", name.length, name.at.local.sun_path);
    name = name_of(other);
    say("length %u family %d\n", name.length, name.at.local.sun_family);
    say_result("open", open("s", O_RDWR));
    say_result("not listening", connect_to(other, &at));
    close_fd(fd);
    say_result("stale", bind_to(other, &at));
    say_result("refused", connect_to(other, &at));
    MUST(unlink("s"));
    say_result("gone", connect_to(other, &at));
    say_result("not a socket", ((void)(at = local_address("f")), connect_to(other, &at)));
    at = local_address("s");
    say_result("anew", bind_to(other, &at));
    MUST(listen(other, 1));
    MUST(rename("s", "t"));
    at = local_address("t");
    fd = new_socket(AF_UNIX, SOCK_STREAM);
    say_result("renamed", connect_to(fd, &at));
    return 0;
}
