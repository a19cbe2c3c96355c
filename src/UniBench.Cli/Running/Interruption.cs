using System.Runtime.InteropServices;

namespace UniBench.Cli.Running;

/// <summary>
/// Ctrl-C and its relatives. The first cancels <see cref="Token"/>; a second ends unibench at once, but not before the launch in
/// flight has killed and removed what it started.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource source = new();
    private readonly Lock launching = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly Action<int> exit;
    private int signals;

    public Interruption()
        : this(Environment.Exit)
    {
    }

    /// <param name="exit">Ends the process; tests give another.</param>
    internal Interruption(Action<int> exit)
    {
        this.exit = exit;
        registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }
                .Select(s => PosixSignalRegistration.Create(s, OnSignal)),
        ];
    }

    public CancellationToken Token => source.Token;

    /// <summary>Does something that must clean up behind itself, whatever is pressed meanwhile.</summary>
    public T Guard<T>(Func<T> launch)
    {
        lock (launching)
        {
            return launch();
        }
    }

    /// <summary>What a signal does.</summary>
    internal void Raise()
    {
        if (Interlocked.Increment(ref signals) == 1)
        {
            source.Cancel();
            return;
        }

        if (launching.TryEnter(CleanUpLimit))
        {
            launching.Exit();
        }

        exit(ExitCodes.Interrupted);
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        Raise();
    }
}
