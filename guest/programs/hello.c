/* The smallest workload: says hello. */
#include "bench.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    bench_parse(argc, argv, "Prints a greeting: the smallest program there is to start.", NULL, 0);
    printf("hello, world\n");
    return bench_finish();
}
