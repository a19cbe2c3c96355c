using System.Buffers.Binary;
using UniBench.Host;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Ipc;

/// <summary>A set of System V semaphores: values, who waits in order of arrival, and what is undone when a process ends.</summary>
/// <param name="budget">Has paid for the set itself.</param>
internal sealed class SemaphoreSet(int key, IpcCaller maker, int mode, int count, FamilyBudget budget) : IpcObject(key, maker, mode)
{
    public const int Bytes = 104;
    public const int ValueLimit = 32767;
    private readonly ushort[] values = new ushort[count];
    private readonly int[] lastPids = new int[count];
    private readonly Dictionary<int, int[]> undo = [];
    private readonly List<SemaphoreWaiter> waiting = [];
    private long operatedAt;

    public int Count => count;

    private long UndoBytes => count * (long)sizeof(int);

    /// <summary>What a set of that many costs.</summary>
    public static long BytesFor(int count) => count * (long)(sizeof(ushort) + sizeof(int));

    public ushort this[int number] => values[number];

    public int LastPid(int number) => lastPids[number];

    /// <summary>Carries out all operations, or none.</summary>
    /// <returns>0; -EAGAIN or -ERANGE; null if the process has to wait.</returns>
    public long? Try(ReadOnlySpan<SemaphoreOperation> operations, int pid)
    {
        int[]? undone = undo.GetValueOrDefault(pid);
        if (undone is null && HasUndo(operations))
        {
            if (!budget.TryTake(UndoBytes))
            {
                return -Errno.ENOMEM;
            }

            undo.Add(pid, undone = new int[count]);
        }

        for (int i = 0; i < operations.Length; i++)
        {
            SemaphoreOperation o = operations[i];
            int after = values[o.Number] + o.Change;
            bool blocks = o.Change == 0 ? values[o.Number] != 0 : after < 0;
            bool outOfRange = after > ValueLimit || (o.IsUndone && Math.Abs((undone?[o.Number] ?? 0) - o.Change) > ValueLimit);
            if (blocks || outOfRange)
            {
                while (i-- > 0)
                {
                    values[operations[i].Number] = (ushort)(values[operations[i].Number] - operations[i].Change);
                }

                return !blocks ? -Errno.ERANGE : o.MayWait ? null : -Errno.EAGAIN;
            }

            values[o.Number] = (ushort)after;
        }

        foreach (SemaphoreOperation o in operations)
        {
            lastPids[o.Number] = pid;
            if (o.IsUndone && o.Change != 0)
            {
                undone![o.Number] -= o.Change;
            }
        }

        operatedAt = Now;
        return 0;
    }

    /// <summary>The same for a process that waits or is about to; others may go on after it.</summary>
    public long? TryNow(SemaphoreWaiter waiter)
    {
        long? result = Try(waiter.Operations, waiter.Process.Pid);
        if (result == 0)
        {
            waiting.Remove(waiter);
            Advance();
        }

        return result;
    }

    public void Set(int number, ushort value, int pid)
    {
        values[number] = value;
        lastPids[number] = pid;
        foreach (int[] undone in undo.Values)
        {
            undone[number] = 0;
        }

        ChangedAt = Now;
    }

    public bool Undoes(int pid) => undo.ContainsKey(pid);

    public void Join(SemaphoreWaiter waiter) => waiting.Add(waiter);

    public void Leave(SemaphoreWaiter waiter) => waiting.Remove(waiter);

    /// <summary>Values have changed: who can go on does, the longest waiting first.</summary>
    public void Advance()
    {
        for (int i = 0; i < waiting.Count; i++)
        {
            SemaphoreWaiter waiter = waiting[i];
            if (Try(waiter.Operations, waiter.Process.Pid) is { } result)
            {
                Finish(waiter, result);
                i = -1;
            }
        }
    }

    /// <summary>It is removed: nobody waits any more.</summary>
    public void Release()
    {
        budget.Give(BytesFor(count) + (undo.Count * UndoBytes));
        undo.Clear();
        foreach (SemaphoreWaiter waiter in waiting.ToArray())
        {
            Finish(waiter, -Errno.EIDRM);
        }
    }

    /// <summary>How many wait for a semaphore to grow, or to become zero.</summary>
    public int Waiting(int number, bool forZero) => waiting.Count(w => Blocking(w.Operations) is { } o && o.Number == number && (o.Change == 0) == forZero);

    /// <summary>The process has ended: what it did with SEM_UNDO is taken back.</summary>
    public void Undo(int pid)
    {
        if (!undo.Remove(pid, out int[]? undone))
        {
            return;
        }

        budget.Give(UndoBytes);

        for (int number = 0; number < count; number++)
        {
            if (undone[number] != 0)
            {
                values[number] = (ushort)Math.Clamp(values[number] + undone[number], 0, ValueLimit);
                lastPids[number] = pid;
            }
        }

        operatedAt = Now;
        Advance();
    }

    /// <summary>struct semid_ds.</summary>
    public override void Describe(Span<byte> to)
    {
        to = to[..Bytes];
        DescribePermission(to);
        BinaryPrimitives.WriteInt64LittleEndian(to[48..], operatedAt);
        BinaryPrimitives.WriteInt64LittleEndian(to[64..], ChangedAt);
        BinaryPrimitives.WriteInt64LittleEndian(to[80..], count);
    }

    private void Finish(SemaphoreWaiter waiter, long result)
    {
        waiting.Remove(waiter);
        waiter.Result = result;
        waiter.Process.WakeUp();
    }

    private static bool HasUndo(ReadOnlySpan<SemaphoreOperation> operations)
    {
        foreach (SemaphoreOperation o in operations)
        {
            if (o.IsUndone && o.Change != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The operation that cannot be done now.</summary>
    private SemaphoreOperation? Blocking(SemaphoreOperation[] operations)
    {
        Dictionary<int, int> seen = [];
        foreach (SemaphoreOperation o in operations)
        {
            int value = seen.GetValueOrDefault(o.Number, values[o.Number]);
            if (o.Change == 0 ? value != 0 : value + o.Change < 0)
            {
                return o;
            }

            seen[o.Number] = value + o.Change;
        }

        return null;
    }
}
