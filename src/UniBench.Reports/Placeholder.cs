namespace UniBench.Reports;

internal static class Placeholder;
