using System.Globalization;
using UniBench.Host;
using UniBench.Monitor.Families;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Ipc;

/// <summary>A POSIX message queue: messages by priority, then by age. Guarded by the namespace.</summary>
/// <param name="ready">An eventfd of the host, which is readable while there are messages, and writable while there is room.</param>
/// <param name="gone">Called when its name and all its descriptors are gone.</param>
internal sealed class PosixQueue(int mostMessages, int messageBytes, int ready, Action gone)
{
    public const int PriorityLimit = 32768;
    private const ulong Readable = 1, NotWritable = ulong.MaxValue - 1; // what the eventfd counts
    private readonly SortedDictionary<int, Queue<byte[]>> byPriority = new(Comparer<int>.Create((a, b) => b.CompareTo(a)));
    private readonly List<IFamilyMember> waiting = [];
    private int receivers;
    private int users = 1; // its name, and the open descriptions

    public int MostMessages => mostMessages;

    public int MessageBytes => messageBytes;

    public int Count { get; private set; }

    /// <summary>Who made it.</summary>
    public (uint User, uint Group) Owner { get; set; }

    /// <summary>Permission bits.</summary>
    public uint Mode { get; set; }

    /// <summary>What is read from its descriptors: bytes inside, and whom mq_notify told.</summary>
    public string Status
    {
        get
        {
            const int BySignal = 0, None = 1;
            int bytes = byPriority.Values.Sum(q => q.Sum(m => m.Length));
            (int pid, int kind, int signal) = Notification is { } told ? (told.Process.Pid, told.Signal == 0 ? None : BySignal, told.Signal) : default;
            return string.Create(CultureInfo.InvariantCulture, $"QSIZE:{bytes,-10} NOTIFY:{kind,-5} SIGNO:{signal,-5} NOTIFY_PID:{pid,-6}\n");
        }
    }

    /// <summary>What every open description has a duplicate of.</summary>
    public int Ready => ready;

    /// <summary>Whom mq_notify told to send a signal, and which; null for nobody. Signal 0 stands for SIGEV_NONE.</summary>
    public (GuestProcess Process, int Signal, ulong Value)? Notification { get; set; }

    public void Taken() => Interlocked.Increment(ref users);

    public void Released()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            HostIo.Close(ready);
            gone();
        }
    }

    public void Join(IFamilyMember process, bool receives)
    {
        waiting.Add(process);
        receivers += receives ? 1 : 0;
    }

    public void Leave(IFamilyMember process, bool receives)
    {
        waiting.Remove(process);
        receivers -= receives ? 1 : 0;
    }

    /// <param name="notified">Who is to be told that a message came to the empty queue; its registration is over.</param>
    /// <returns>False if there is no room.</returns>
    public bool TrySend(ReadOnlySpan<byte> text, int priority, out (GuestProcess Process, int Signal, ulong Value)? notified)
    {
        notified = null;
        if (Count == mostMessages)
        {
            return false;
        }

        if (!byPriority.TryGetValue(priority, out Queue<byte[]>? queue))
        {
            byPriority.Add(priority, queue = new Queue<byte[]>());
        }

        queue.Enqueue(text.ToArray());
        if (Count++ == 0)
        {
            HostIo.WriteAll(ready, BitConverter.GetBytes(Readable));
            if (receivers == 0)
            {
                (notified, Notification) = (Notification, null);
            }
        }

        if (Count == mostMessages)
        {
            HostIo.WriteAll(ready, BitConverter.GetBytes(NotWritable - Readable));
        }

        waiting.ForEach(p => p.WakeUp());
        return true;
    }

    /// <returns>The message's length; null if there is none.</returns>
    public int? TryReceive(Span<byte> to, out int priority)
    {
        priority = 0;
        if (Count == 0)
        {
            return null;
        }

        (priority, Queue<byte[]> queue) = byPriority.First();
        byte[] text = queue.Dequeue();
        if (queue.Count == 0)
        {
            byPriority.Remove(priority);
        }

        bool wasFull = Count == mostMessages;
        if (--Count == 0 || wasFull)
        {
            HostIo.Drain(ready);
        }

        if (Count > 0 && wasFull)
        {
            HostIo.WriteAll(ready, BitConverter.GetBytes(Readable));
        }

        text.CopyTo(to);
        waiting.ForEach(p => p.WakeUp());
        return text.Length;
    }
}
