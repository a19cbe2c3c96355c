namespace UniBench.Monitor.Files;

/// <summary>Those of a family, by number, as long as their masters are open.</summary>
internal sealed class PseudoTerminals
{
    /// <summary>A part of what the host has for all.</summary>
    public const int Most = 256;

    private readonly Lock gate = new();
    private readonly SortedDictionary<int, PseudoTerminal> open = [];

    /// <summary>For the summary, when the family got no more.</summary>
    public static string Sentence => FormattableString.Invariant($"pseudo-terminals: the family asked for more than {Most}");

    public IReadOnlyList<int> Numbers
    {
        get
        {
            lock (gate)
            {
                return [.. open.Keys];
            }
        }
    }

    public PseudoTerminal? Find(int number)
    {
        lock (gate)
        {
            return open.GetValueOrDefault(number);
        }
    }

    /// <returns>False: there are too many.</returns>
    public bool TryAdd(PseudoTerminal terminal)
    {
        lock (gate)
        {
            if (open.Count >= Most)
            {
                return false;
            }

            open[terminal.Number] = terminal;
            return true;
        }
    }

    public void Remove(PseudoTerminal terminal)
    {
        lock (gate)
        {
            if (open.GetValueOrDefault(terminal.Number) == terminal)
            {
                open.Remove(terminal.Number);
            }
        }
    }
}
