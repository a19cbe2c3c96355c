using System.Collections.Concurrent;
using UniBench.Host;
using UniBench.Host.Filters;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Machines;

/// <summary>Makes machines, on a thread of its own: who asks for one is mostly the thread of another machine, and its filter lets no machine be made, nor a thread started that is not behind it.</summary>
internal sealed class MachineMaker : IDisposable
{
    private readonly BlockingCollection<Order> orders = [];
    private readonly Thread thread;
    private readonly Func<int, MachineWorker> make;

    /// <param name="filter">For the machines' threads; null: none.</param>
    public MachineMaker(IPlatform platform, SharedPages shared, ExtentArena extents, Func<bool> hasIdleCore, SystemCallFilter? filter)
    {
        make = index =>
        {
            Machine machine = platform.Make(index, shared, extents);
            try
            {
                return new MachineWorker(machine, index, hasIdleCore, filter);
            }
            catch
            {
                machine.Dispose();
                throw;
            }
        };
        thread = new Thread(Loop) { IsBackground = true, Name = "maker of machines" };
        thread.Start();
    }

    /// <exception cref="HostException">The host refuses.</exception>
    public MachineWorker Make(int index)
    {
        using Order order = new(index);
        orders.Add(order);
        order.Done.Wait();
        return order.Made ?? throw new HostException(order.Refusal!.Message, order.Refusal);
    }

    public void Dispose()
    {
        orders.CompleteAdding();
        thread.Join();
        orders.Dispose();
    }

    private void Loop()
    {
        foreach (Order order in orders.GetConsumingEnumerable())
        {
            try
            {
                order.Made = make(order.Index);
            }
            catch (Exception e) when (e is HostException or OutOfMemoryException)
            {
                order.Refusal = e;
            }

            order.Done.Set();
        }
    }

    private sealed class Order(int index) : IDisposable
    {
        public int Index => index;

        public ManualResetEventSlim Done { get; } = new();

        public MachineWorker? Made { get; set; }

        public Exception? Refusal { get; set; }

        public void Dispose() => Done.Dispose();
    }
}
