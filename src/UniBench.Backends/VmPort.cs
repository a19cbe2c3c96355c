using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using UniBench.Host;

namespace UniBench.Backends;

/// <summary>The host's end of the port over which a guest's first process passes on the workload's streams and tells how it ended; guest/launcher/vm_init.c has the frames.</summary>
internal sealed class VmPort : IDisposable
{
    private const int HeaderBytes = 8, ChunkBytes = 32 << 10;
    private const int LargestFrame = 1 << 20;
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly StandardStreams streams;
    private readonly Action began;
    private readonly CancellationTokenSource over = new();
    private readonly HostWaiter input = new();
    private readonly Lock sending = new();
    private readonly Task served;
    private volatile bool inputEnded;
    private Socket? guest;

    /// <param name="path">Of the socket that QEMU connects to.</param>
    /// <param name="began">Called when the guest has come up, before its first program.</param>
    public VmPort(string path, StandardStreams streams, Action began)
    {
        this.streams = streams;
        this.began = began;
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        served = Task.Factory.StartNew(Serve, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>What the guest's CLOCK_MONOTONIC showed when this process's showed 0, ns; null when it never came up.</summary>
    public long? ClockOffset { get; private set; }

    /// <summary>A wait status for each stage; null when the workload did not come to its end.</summary>
    public IReadOnlyList<int>? Statuses { get; private set; }

    /// <summary>For each fault whether it struck somebody.</summary>
    public IReadOnlyList<bool> Struck { get; private set; } = [];

    /// <summary>What went wrong inside; null where nothing did.</summary>
    public string? Problem { get; private set; }

    /// <summary>QEMU has ended: takes what it has sent, and no more.</summary>
    public void Finish()
    {
        over.Cancel();
        served.Wait();
    }

    public void Dispose()
    {
        Finish();
        listener.Dispose();
        guest?.Dispose();
        input.Dispose();
        over.Dispose();
    }

    private void Serve()
    {
        try
        {
            guest = listener.AcceptAsync(over.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return; // QEMU ended before it connected
        }

        Thread sender = new(PassInput) { IsBackground = true, Name = "input of a VM" };
        sender.Start();
        try
        {
            byte[] header = new byte[HeaderBytes];
            while (Receive(header))
            {
                byte[] content = new byte[Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4)), LargestFrame)];
                if (!Receive(content))
                {
                    break;
                }

                Take((char)header[0], content);
            }
        }
        finally
        {
            EndInput();
            sender.Join();
        }
    }

    private bool Receive(Span<byte> all)
    {
        while (all.Length > 0)
        {
            int got;
            try
            {
                got = guest!.Receive(all);
            }
            catch (SocketException)
            {
                return false; // QEMU was killed
            }

            if (got == 0)
            {
                return false;
            }

            all = all[got..];
        }

        return true;
    }

    private void Take(char kind, byte[] content)
    {
        switch (kind)
        {
            case 'r' when content.Length == sizeof(long):
                ClockOffset = BinaryPrimitives.ReadInt64LittleEndian(content) - Stopwatch.GetTimestamp();
                began();
                break;
            case 'o':
                Write(streams.Stdout, content);
                break;
            case 'e':
                Write(streams.Stderr, content);
                break;
            case 'i':
                EndInput();
                break;
            case 's':
                Statuses = [.. content.Chunk(sizeof(int)).Where(c => c.Length == sizeof(int)).Select(c => BinaryPrimitives.ReadInt32LittleEndian(c))];
                break;
            case 'f':
                Struck = [.. content.Select(b => b != 0)];
                break;
            case 'p':
                Problem = Encoding.UTF8.GetString(content);
                break;
        }
    }

    private void Write(int descriptor, byte[] content)
    {
        try
        {
            HostIo.WriteAll(descriptor, content);
        }
        catch (HostException)
        {
            if (descriptor == streams.Stdout)
            {
                Send('o', []); // nobody reads it any more: the programs inside hear of it by SIGPIPE
            }
        }
    }

    private void EndInput()
    {
        inputEnded = true;
        input.Wake();
    }

    private void PassInput()
    {
        PinnedBuffer buffer = new(ChunkBytes);
        HostRange memory = buffer.RangeFrom(0);
        while (true)
        {
            Span<PollEntry> wanted = [new PollEntry(streams.Stdin, 1, 0)];
            input.Enter();
            int ready = inputEnded ? 0 : input.Wait(wanted, 0);
            input.Leave();
            if (inputEnded)
            {
                return;
            }

            if (ready == 0)
            {
                continue;
            }

            long got = HostIo.Read(streams.Stdin, memory);
            if (got <= 0)
            {
                Send('z', []);
                return;
            }

            Send('i', memory.Span[..(int)got]);
            GC.KeepAlive(buffer);
        }
    }

    private void Send(char kind, ReadOnlySpan<byte> content)
    {
        byte[] frame = new byte[HeaderBytes + content.Length];
        frame[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), content.Length);
        content.CopyTo(frame.AsSpan(HeaderBytes));
        lock (sending)
        {
            try
            {
                for (int sent = 0; sent < frame.Length;)
                {
                    sent += guest!.Send(frame.AsSpan(sent));
                }
            }
            catch (SocketException)
            {
                inputEnded = true; // the guest is gone
            }
        }
    }
}
