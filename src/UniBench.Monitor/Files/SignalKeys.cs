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
            byte key = settings.Strips ? (byte)(one & 0x7f) : one;
            key = settings.Lowers && key is >= (byte)'A' and <= (byte)'Z' ? (byte)(key | 0x20) : key;
            if (isQuoted)
            {
                isQuoted = false;
                continue;
            }

            if (key == 0 || settings.IsFlowKey(key))
            {
                continue; // 0 as a key is none
            }

            int signal = !settings.HasSignals ? 0
                : key == settings.Interrupt ? Signal.SIGINT
                : key == settings.Quit ? Signal.SIGQUIT
                : key == settings.Suspend ? Signal.SIGTSTP
                : 0;
            if (signal != 0)
            {
                (found ??= []).Add(signal);
            }
            else if (settings.IsCanonical && !settings.IsEraser(key))
            {
                isQuoted = key == settings.Quote && settings.IsExtended;
            }
        }

        return found ?? [];
    }
}
