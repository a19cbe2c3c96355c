using System.Runtime.InteropServices;
using UniBench.Workloads;

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
    private readonly SignalRelay? terminal;
    private int signals;

    /// <param name="terminal">Takes what the terminal sends, as long as a family is connected to it.</param>
    public Interruption(SignalRelay? terminal = null)
        : this(Environment.Exit, terminal)
    {
    }

    /// <param name="exit">Ends the process; tests give another.</param>
    internal Interruption(Action<int> exit, SignalRelay? terminal = null)
    {
        this.exit = exit;
        this.terminal = terminal;
        PosixSignal[] watched = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        registrations =
        [
            .. (terminal is null ? watched : [.. watched, PosixSignal.SIGTSTP, PosixSignal.SIGWINCH]).Select(s => PosixSignalRegistration.Create(s, OnSignal)),
        ];
    }

    public CancellationToken Token => source.Token;

    /// <summary>Does something that must clean up behind itself, whatever is pressed meanwhile.</summary>
    public T Guard<T>(Func<T> launch)
    {
        using (Launching())
        {
            return launch();
        }
    }

    /// <summary>The same for what the caller does, on this thread, until it disposes of what it gets.</summary>
    public IDisposable Launching()
    {
        launching.Enter();
        return new InFlight(launching);
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

    private sealed class InFlight(Lock launching) : IDisposable
    {
        public void Dispose() => launching.Exit();
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
        int? number = NumberOnTerminal(context.Signal);
        if (terminal is not null && number is { } sent && (terminal.Raise(sent) || context.Signal is PosixSignal.SIGTSTP or PosixSignal.SIGWINCH))
        {
            return;
        }

        Raise();
    }

    /// <summary>Signals that a terminal sends.</summary>
    private static int? NumberOnTerminal(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        PosixSignal.SIGTSTP => 20,
        PosixSignal.SIGWINCH => 28,
        _ => null,
    };
}
