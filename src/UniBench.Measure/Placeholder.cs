namespace UniBench.Measure;

internal static class Placeholder;
