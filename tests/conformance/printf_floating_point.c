/* printf and strtod convert floating point exactly. */
#include "observe.h"

int main(void)
{
    char text[64];
    snprintf(text, sizeof text, "%.17g %a %.3e", 0.1, 1.5, 123456.789);
    say("%s\n", text);
    say("%d\n", strtod("0.1", NULL) == 0.1);
    say("%.10f\n", strtod("2.718281828459045", NULL) * (double)opaque(2));
    return 0;
}
