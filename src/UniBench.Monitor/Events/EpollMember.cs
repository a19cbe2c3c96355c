namespace UniBench.Monitor.Events;

/// <summary>What an epoll set waits for: an open file as one of its holders knew it, under the number that it had there.</summary>
/// <param name="number">Of the descriptor.</param>
internal abstract class EpollMember(int number)
{
    public const uint Pollable = 0x2fff, AtOnce = 1u << 31, Once = 1u << 30, Exclusive = 1u << 28;
    protected const uint Always = 8 | 16; // EPOLLERR, EPOLLHUP

    public int Number => number;

    public uint Events { get; set; }

    /// <summary>What the program gets with its events.</summary>
    public ulong Data { get; set; }

    /// <summary>It has reported once, which was all it was asked for.</summary>
    public bool IsSpent => (Events & Pollable) == 0;

    /// <summary>What it waits for is closed everywhere.</summary>
    public virtual bool IsGone => false;

    /// <summary>Waits for what it waits for no more. Called with the set's gate held.</summary>
    public abstract void Leave();

    /// <summary>It has reported.</summary>
    public virtual void Reported()
    {
        if ((Events & Once) != 0)
        {
            Events &= ~Pollable;
        }
    }
}
