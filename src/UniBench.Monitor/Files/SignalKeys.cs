using UniBench.Host;

namespace UniBench.Monitor.Files;

/// <summary>Finds the keys that send signals among what is typed, as Linux's line discipline does: the host's sends them to nobody, because the terminal controls none of its sessions.</summary>
internal sealed class SignalKeys
{
    private bool isQuoted; // what comes next stands for itself

    public IReadOnlyList<int> In(ReadOnlySpan<byte> typed, in TerminalSettings settings)
    {
        List<int>? found = null;
        isQuoted &= settings.IsCanonical;
        if (settings.IsExternal || (!settings.HasSignals && !settings.IsCanonical))
        {
            return [];
        }

        foreach (byte one in typed)
        {
            if (SignalOf(one, settings, ref isQuoted) is var signal and not 0)
            {
                (found ??= []).Add(signal);
            }
        }

        return found ?? [];
    }

    /// <summary>How many bytes there are up to the first key that sends a signal, with it; all, if there is none. Nothing of them is taken.</summary>
    public int UntilFirst(ReadOnlySpan<byte> typed, in TerminalSettings settings)
    {
        bool quoted = isQuoted && settings.IsCanonical;
        for (int i = 0; i < typed.Length && settings.HasSignals && !settings.IsExternal; i++)
        {
            if (SignalOf(typed[i], settings, ref quoted) != 0)
            {
                return i + 1;
            }
        }

        return typed.Length;
    }

    /// <returns>0: none.</returns>
    private static int SignalOf(byte one, in TerminalSettings settings, ref bool isQuoted)
    {
        byte key = settings.Strips ? (byte)(one & 0x7f) : one;
        key = settings.Lowers && key is >= (byte)'A' and <= (byte)'Z' ? (byte)(key | 0x20) : key;
        if (isQuoted)
        {
            isQuoted = false;
            return 0;
        }

        if (key == 0 || settings.IsFlowKey(key))
        {
            return 0; // 0 as a key is none
        }

        int signal = !settings.HasSignals ? 0
            : key == settings.Interrupt ? Signal.SIGINT
            : key == settings.Quit ? Signal.SIGQUIT
            : key == settings.Suspend ? Signal.SIGTSTP
            : 0;
        if (signal == 0 && settings.IsCanonical && !settings.IsEraser(key))
        {
            isQuoted = key == settings.Quote && settings.IsExtended;
        }

        return signal;
    }
}
