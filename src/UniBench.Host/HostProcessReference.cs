using System.Globalization;

namespace UniBench.Host;

/// <summary>Holds on to a child, so that a signal never reaches another process that got its number later.</summary>
public sealed class HostProcessReference : IDisposable
{
    private readonly int pid;
    private readonly int descriptor;

    /// <param name="pid">Not yet reaped.</param>
    /// <exception cref="HostException">The host gave no descriptor.</exception>
    public HostProcessReference(int pid)
    {
        this.pid = pid;
        descriptor = (int)HostCall.Invoke(LinuxCall.PidfdOpen, pid);
        if (descriptor < 0)
        {
            throw new HostException($"pidfd_open of {pid}", -descriptor);
        }
    }

    /// <returns>False when it has ended, be it reaped or not.</returns>
    public bool Signal(int signal) => !IsZombie() && Send(signal);

    /// <returns>False when it has ended and was reaped.</returns>
    public bool Send(int signal) => HostCall.Invoke(LinuxCall.PidfdSendSignal, descriptor, signal) == 0;

    public void Dispose() => HostCall.Invoke(LinuxCall.Close, descriptor);

    // A signal to a zombie succeeds. Whose number is read here does not matter if it is gone: then the descriptor says so.
    private bool IsZombie()
    {
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return stat[stat.LastIndexOf(')') + 2] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return false;
        }
    }
}
