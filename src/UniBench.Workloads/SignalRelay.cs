namespace UniBench.Workloads;

/// <summary>Carries keys of the terminal (Ctrl-C and its relatives) and its changes of size to the family in its foreground.</summary>
/// <remarks>The host sends these signals to unibench, which is the terminal's process group; a family that runs on the terminal connects here.</remarks>
public sealed class SignalRelay
{
    private Action<int>? receiver;

    /// <returns>False when nobody is connected: the signal is the caller's own.</returns>
    public bool Raise(int signal)
    {
        Action<int>? connected = Volatile.Read(ref receiver);
        connected?.Invoke(signal);
        return connected is not null;
    }

    /// <summary>From now on the signals are for that family; null: for the caller again.</summary>
    public void Connect(Action<int>? to) => Volatile.Write(ref receiver, to);
}
