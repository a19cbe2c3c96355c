using System.Runtime.InteropServices;

namespace UniBench.Fuzz;

/// <summary>Ctrl-C: what was begun is ended in order, so that nothing is left.</summary>
internal static class Stop
{
    private static readonly PosixSignalRegistration[] Registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(s => PosixSignalRegistration.Create(s, Ask))];

    public static bool IsAsked { get; private set; }

    /// <summary>From now on.</summary>
    public static void Watch() => GC.KeepAlive(Registrations);

    private static void Ask(PosixSignalContext context)
    {
        IsAsked = true;
        context.Cancel = true;
    }
}
