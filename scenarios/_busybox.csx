// Helpers for scenarios that #load this file. The name begins with _ so that `unibench list` leaves it out.

Workload Box(params object[] words) => Program("busybox", words);

Workload Cats(long count) => count == 1 ? Box("cat") : Cats(count - 1) | Box("cat");
