/* getsockname, getpeername and accept cut what does not fit and tell the whole length. */
#include "observe_sockets.h"

int main(void)
{
    struct address at = local_address("a-server");
    int listener = listen_at(&at, 3), fd = new_socket(AF_UNIX, SOCK_STREAM);
    struct address own = local_address("a-client");
    MUST(bind_to(fd, &own));
    MUST(connect_to(fd, &at));
    char bytes[32];
    memset(bytes, '.', sizeof bytes);
    socklen_t length = 5;
    say_result("getsockname", getsockname(listener, (struct sockaddr *)bytes, &length));
    say("%u %.4s\n", length, bytes + 2);
    length = 0;
    say_result("getpeername", getpeername(fd, NULL, &length));
    say("%u\n", length);
    length = 4;
    memset(bytes, '.', sizeof bytes);
    int accepted = accept(listener, (struct sockaddr *)bytes, &length);
    say("accepted %d length %u %.4s\n", accepted >= 0, length, bytes + 2);
    length = (socklen_t)-5;
    say_result("negative", getsockname(fd, (struct sockaddr *)bytes, &length));
    say_result("bad length", getsockname(fd, (struct sockaddr *)bytes, (void *)opaque(16)));
    length = 16;
    say_result("bad buffer", getsockname(fd, (void *)opaque(16), &length));
    say_result("no socket", getsockname(1, (struct sockaddr *)bytes, &length));
    say_result("closed", getpeername(99, (struct sockaddr *)bytes, &length));
    MUST(connect_to(new_socket(AF_UNIX, SOCK_STREAM), &at));
    length = 16;
    say_result("accept into nothing", accept(listener, (void *)opaque(16), &length));
    return 0;
}
