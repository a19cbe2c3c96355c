using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;
using UniBench.Host;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>A small process beside this one that outlives it: if this one is killed (SIGKILL, out of memory), it kills the workloads that run then.</summary>
/// <remarks>
/// PR_SET_PDEATHSIG would end them with the thread that started them, is lost when they fork, and cannot be set without another exec. VMs need
/// nothing of this: they are this process. A process that is started in the instant of the kill, without a control group, may be missed.
/// </remarks>
internal sealed class WorkloadReaper
{
    private const int Slots = 256, SlotBytes = 256, NumberAt = 4, PathAt = 8; // the same in reap.c
    private const int NewGroup = 0;
    private static readonly Lazy<WorkloadReaper> Shared = new(() => new WorkloadReaper());
    private readonly Lock gate = new();
    private readonly HostMapping table;

    /// <exception cref="LaunchException">It could not be started.</exception>
    private WorkloadReaper()
    {
        const int CloseOnExec = 1;
        int memory = (int)HostCall.OnPath(LinuxCall.MemfdCreate, "unibench-workloads\0"u8, CloseOnExec);
        if (memory < 0 || HostCall.Invoke(LinuxCall.Ftruncate, memory, Slots * SlotBytes) < 0)
        {
            throw new LaunchException("the memory that workloads are noted in could not be made");
        }

        table = HostMapping.Shared(memory, 0, Slots * SlotBytes, writable: true, keepFile: false);
        using HostPipe alive = new();
        string program = Path.Combine(AppContext.BaseDirectory, "launcher", "reap");
        using SafeFileHandle nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        int none = HostPipe.Number(nothing);
        int pid = HostProcess.Spawn(program, [program], [], "/", [HostPipe.Number(alive.Reader), none, none, memory], NewGroup);
        HostIo.Close(memory);
        alive.Writer.SetHandleAsInvalid(); // stays open as long as this process is there: its end tells of the end
        if (pid < 0)
        {
            throw new LaunchException($"posix_spawn of {program}, which ends workloads when unibench is killed: {Errno.Name(-pid)}");
        }
    }

    private enum Kind
    {
        Free,
        ProcessGroup,
        Process,
        ControlGroup,
    }

    /// <summary>Starts it, so that this takes no time later.</summary>
    public static void Start() => _ = Shared.Value;

    /// <returns>Disposed when the group has ended.</returns>
    public static IDisposable NoteProcessGroup(int group) => Shared.Value.Note(Kind.ProcessGroup, group, string.Empty);

    public static IDisposable NoteProcess(int pid) => Shared.Value.Note(Kind.Process, pid, string.Empty);

    public static IDisposable NoteControlGroup(string directory) => Shared.Value.Note(Kind.ControlGroup, 0, directory);

    private Entry Note(Kind kind, int number, string path)
    {
        byte[] text = Encoding.UTF8.GetBytes(path);
        if (text.Length >= SlotBytes - PathAt)
        {
            throw new LaunchException($"{path}: a control group's path has at most {SlotBytes - PathAt - 1} bytes here");
        }

        lock (gate)
        {
            for (int i = 0; i < Slots; i++)
            {
                Span<byte> slot = table.Range.Slice(i * SlotBytes, SlotBytes).Span;
                if (BinaryPrimitives.ReadInt32LittleEndian(slot) == (int)Kind.Free)
                {
                    slot[PathAt..].Clear();
                    text.CopyTo(slot[PathAt..]);
                    BinaryPrimitives.WriteInt32LittleEndian(slot[NumberAt..], number);
                    Thread.MemoryBarrier();
                    BinaryPrimitives.WriteInt32LittleEndian(slot, (int)kind);
                    return new Entry(this, i);
                }
            }
        }

        throw new LaunchException($"more than {Slots} workloads and groups at once");
    }

    private sealed class Entry(WorkloadReaper reaper, int index) : IDisposable
    {
        public void Dispose() => BinaryPrimitives.WriteInt32LittleEndian(reaper.table.Range.Slice(index * SlotBytes, SlotBytes).Span, (int)Kind.Free);
    }
}
