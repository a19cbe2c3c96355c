/* readlink gives a link's text, cut to the buffer; other files are EINVAL. */
#include "files.h"
#include "observe.h"

int main(void)
{
    char text[64] = "", small[4] = "";
    put("f", "x");
    MUST(symlink("some/where", "l"));
    say_result("length", readlink("l", text, sizeof text));
    say("%.10s\n", text);
    say_result("cut", readlink("l", small, 3));
    say("%.3s\n", small);
    say_result("of a file", readlink("f", text, sizeof text));
    say_result("missing", readlink("none", text, sizeof text));
    say_result("exists", symlink("x", "l"));
    say_result("empty target", symlink("", "m"));
    return 0;
}
