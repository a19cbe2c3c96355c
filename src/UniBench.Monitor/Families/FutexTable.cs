using UniBench.Monitor.Processes;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Families;

/// <summary>Who waits at which futex, in order of arrival.</summary>
internal sealed class FutexTable
{
    private readonly Dictionary<FutexKey, List<FutexWaiter>> queues = [];
    private readonly Lock gate = new();

    /// <summary>Joins the queue if the word still has the value; nobody can wake in between.</summary>
    public bool TryWait(FutexKey key, IFamilyMember process, uint bits, Func<bool> hasValue, out FutexWaiter? waiter)
    {
        lock (gate)
        {
            waiter = hasValue() ? new FutexWaiter(process, key, bits) : null;
            if (waiter is not null)
            {
                Queue(key).Add(waiter);
            }

            return waiter is not null;
        }
    }

    /// <summary>Joins all queues if every word still has its value.</summary>
    public IReadOnlyList<FutexWaiter>? TryWaitAll(IFamilyMember process, IReadOnlyList<FutexKey> keys, Func<bool> haveValues)
    {
        lock (gate)
        {
            if (!haveValues())
            {
                return null;
            }

            FutexWaiter[] waiters = [.. keys.Select(k => new FutexWaiter(process, k, uint.MaxValue))];
            foreach (FutexWaiter waiter in waiters)
            {
                Queue(waiter.Key).Add(waiter);
            }

            return waiters;
        }
    }

    public void Leave(FutexWaiter waiter)
    {
        lock (gate)
        {
            Remove(waiter);
        }
    }

    /// <summary>Wakes the first ones, and moves others to another queue.</summary>
    /// <returns>How many were woken, or woken and moved.</returns>
    public long Wake(FutexKey key, long count, uint bits, long move, FutexKey? target)
    {
        lock (gate)
        {
            FutexWaiter[] matching = [.. queues.GetValueOrDefault(key, []).Where(w => (w.Bits & bits) != 0)];
            long done = 0;
            foreach (FutexWaiter waiter in matching)
            {
                if (done < count)
                {
                    Remove(waiter);
                    waiter.IsWoken = true;
                    waiter.Process.WakeUp();
                }
                else if (done < count + move && target is { } to)
                {
                    Remove(waiter);
                    waiter.Key = to;
                    Queue(to).Add(waiter);
                }
                else
                {
                    break;
                }

                done++;
            }

            return done;
        }
    }

    private List<FutexWaiter> Queue(FutexKey key)
    {
        if (!queues.TryGetValue(key, out List<FutexWaiter>? queue))
        {
            queues.Add(key, queue = []);
        }

        return queue;
    }

    private void Remove(FutexWaiter waiter)
    {
        if (queues.TryGetValue(waiter.Key, out List<FutexWaiter>? queue) && queue.Remove(waiter) && queue.Count == 0)
        {
            queues.Remove(waiter.Key);
        }
    }
}
