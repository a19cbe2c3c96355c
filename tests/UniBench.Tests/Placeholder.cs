namespace UniBench.Tests;

internal static class Placeholder;
