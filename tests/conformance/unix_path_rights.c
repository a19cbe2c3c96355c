/* connecting to a path needs write permission on it, and search permission on the way. */
#include "observe_sockets.h"

int main(void)
{
    struct address at = local_address("d/server"), long_name;
    MUST(mkdir("d", 0700));
    int listener = listen_at(&at, 5);
    (void)listener;
    MUST(chmod("d/server", 0));
    say("root or refused %d\n", connect_to(new_socket(AF_UNIX, SOCK_STREAM), &at) == (geteuid() ? -1 : 0));
    MUST(chmod("d/server", 0200));
    say_result("write only", connect_to(new_socket(AF_UNIX, SOCK_STREAM), &at));
    MUST(symlink("d/server", "link"));
    at = local_address("link");
    say_result("link", connect_to(new_socket(AF_UNIX, SOCK_STREAM), &at));
    say_result("bind at link", bind_to(new_socket(AF_UNIX, SOCK_STREAM), &at));
    MUST(symlink("nowhere", "dangling"));
    at = local_address("dangling");
    say_result("bind at dangling", bind_to(new_socket(AF_UNIX, SOCK_STREAM), &at));
    say_result("dangling", connect_to(new_socket(AF_UNIX, SOCK_STREAM), &at));
    memset(&long_name, 0, sizeof long_name);
    long_name.at.local.sun_family = AF_UNIX;
    memset(long_name.at.local.sun_path, 'x', sizeof long_name.at.local.sun_path);
    long_name.length = sizeof long_name.at.local;
    int longest = new_socket(AF_UNIX, SOCK_STREAM);
    say_result("108 bytes", bind_to(longest, &long_name));
    struct address name = name_of(longest);
    say("length %u\n", name.length);
    long_name.length = sizeof long_name.at.local + 1;
    say_result("109 bytes", bind_to(new_socket(AF_UNIX, SOCK_STREAM), &long_name));
    at = local_address("d");
    say_result("directory", connect_to(new_socket(AF_UNIX, SOCK_STREAM), &at));
    MUST(chdir("d"));
    at = local_address("server");
    say_result("relative", connect_to(new_socket(AF_UNIX, SOCK_STREAM), &at));
    return 0;
}
