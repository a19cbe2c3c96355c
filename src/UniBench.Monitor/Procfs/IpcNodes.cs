using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using UniBench.Monitor.Files;
using UniBench.Monitor.Ipc;

namespace UniBench.Monitor.Procfs;

/// <summary>/proc/sysvipc: the family's System V objects.</summary>
internal static class IpcNodes
{
    private static readonly NodeTable<ProcContext> Table = new(
        ("msg", c => new SpecialFile.Text(() => Rows(
            c, "       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime\n", ipc => ipc.Queues.All, MessageQueue.Bytes, Queue))),
        ("sem", c => new SpecialFile.Text(() => Rows(
            c, "       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime\n", ipc => ipc.Semaphores.All, SemaphoreSet.Bytes, Set))),
        ("shm", c => new SpecialFile.Text(() => Rows(
            c,
            "       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap\n",
            ipc => ipc.SharedMemory.All,
            SharedMemory.Bytes,
            Segment))));

    private delegate string Row(ReadOnlySpan<byte> description);

    public static SpecialFile Open(ProcContext context) => Table.Open(context);

    private static string Rows<T>(ProcContext context, string header, Func<IpcNamespace, IEnumerable<T>> objects, int bytes, Row row)
        where T : IpcObject
    {
        StringBuilder text = new(header);
        if (context.Family.UsedIpc is { } ipc)
        {
            byte[] description = new byte[bytes];
            lock (ipc.Gate)
            {
                foreach (T found in objects(ipc))
                {
                    found.Describe(description);
                    text.Append(CultureInfo.InvariantCulture, $"{found.Key,10} {found.Id,10}  {Convert.ToString(Word(description, 20), 8),4} {row(description)}");
                }
            }
        }

        return text.ToString();
    }

    private static string Queue(ReadOnlySpan<byte> d) => string.Create(
        CultureInfo.InvariantCulture, $"{Long(d, 72),11} {Long(d, 80),10} {Word(d, 96),5} {Word(d, 100),5} {Owners(d)} {Long(d, 48),10} {Long(d, 56),10} {Long(d, 64),10}\n");

    private static string Set(ReadOnlySpan<byte> d) => string.Create(CultureInfo.InvariantCulture, $"{Long(d, 80),10} {Owners(d)} {Long(d, 48),10} {Long(d, 64),10}\n");

    private static string Segment(ReadOnlySpan<byte> d) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Long(d, 48),21} {Word(d, 80),5} {Word(d, 84),5}  {Long(d, 88),5} {Owners(d)} {Long(d, 56),10} {Long(d, 64),10} {Long(d, 72),10} {Long(d, 48) + 4095 & ~4095,21} {0,21}\n");

    private static string Owners(ReadOnlySpan<byte> d) => string.Create(CultureInfo.InvariantCulture, $"{(uint)Word(d, 4),5} {(uint)Word(d, 8),5} {(uint)Word(d, 12),5} {(uint)Word(d, 16),5}");

    private static int Word(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadInt32LittleEndian(from[at..]);

    private static long Long(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadInt64LittleEndian(from[at..]);
}
