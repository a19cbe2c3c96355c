using System.Globalization;
using System.Text;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Events;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Procfs;

/// <summary>/proc/PID/fd and fdinfo.</summary>
internal static class DescriptorNodes
{
    private const uint OwnersDirectory = 0x140, Directory = 0x16d;
    private const int LinesOfEveryFile = 4; // pos, flags, mnt_id, ino

    public static SpecialFile? Links(ProcessContext context) => context.Owned(new SpecialFile.Directory(
        () => Names(context),
        name => Find(context, name) is { } open ? context.Owned(new SpecialFile.Descriptor(open)) : null)
    { Mode = OwnersDirectory, IsRefused = !context.MayInspect });

    public static SpecialFile? Informations(ProcessContext context) => context.Owned(new SpecialFile.Directory(
        () => Names(context),
        name => Find(context, name) is null ? null : context.Owned(new SpecialFile.Text(() => Find(context, name) is { } open ? Information(context, open) : string.Empty)))
    { Mode = Directory, IsRefused = !context.MayInspect });

    private static IEnumerable<string> Names(ProcessContext context) =>
        (context.Family.With(context.Process, p => p.Inspection.Descriptors()) ?? [])
            .Select((entry, number) => (entry, number)).Where(d => d.entry.Kind != (byte)DescriptorKind.Free).Select(d => ProcNodes.Number(d.number));

    private static OpenDescriptor? Find(ProcessContext context, string name) =>
        context.MayInspect && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < GuestLayout.Descriptors && ProcNodes.Number(number) == name
        && context.Family.With(context.Process, p => p.Inspection.Descriptors()[number]) is { Kind: not (byte)DescriptorKind.Free } entry
            ? new OpenDescriptor(context.Process.Living!, number, entry)
            : null;

    private static string Information(ProcessContext context, OpenDescriptor open)
    {
        int closes = open.Entry.CloseOnExec != 0 ? OpenFlags.Cloexec : 0;
        return open.Kind == DescriptorKind.Host
            ? open.Holder.Files.Open.Lend(open.Entry.Handle, file => OfFile(context, file, closes), string.Empty)
            : open.Kind == DescriptorKind.Socket
            ? open.Holder.Files.Open.Lend(open.Entry.Handle, file => Common(0, file.Flags | closes, MountTable.Internal, file.Socket?.Id ?? 0), string.Empty)
            : Common(0, open.IsPipe ? open.Access | closes : OpenFlags.Rdwr | closes, MountTable.Internal, open.IsPipe ? open.Ring?.Id ?? 0 : 1)
                + (open.IsPipe ? string.Empty : context.Family.With(context.Process, p => OfTable(p, open)) ?? string.Empty);
    }

    /// <summary>An epoll set or a signal descriptor that its process has to itself.</summary>
    private static string OfTable(GuestProcess process, OpenDescriptor open)
    {
        EventSet set = process.Inspection.EventSet(open.Entry.Slot);
        if (open.Kind == DescriptorKind.Signal)
        {
            return string.Create(CultureInfo.InvariantCulture, $"sigmask:\t{set.Mask:x16}\n");
        }

        return string.Concat(process.Inspection.Interests(open.Entry.Slot, set.Count).Select(i => EpollSet.DescribeMember((int)i.Number, i.Events, i.Data, 1)));
    }

    private static string OfFile(ProcessContext context, OpenFile file, int closes)
    {
        const string Own = "/proc/self/fdinfo/";
        if (file.IsGenerated)
        {
            return Common(file.Text?.Position ?? file.Position, file.Flags | closes, context.Family.MountTable.IdOf(file.Path!), SpecialStatus.InodeOf(file.Path!));
        }

        StringBuilder text = new(Common(
            Math.Max(0, UniBench.Host.HostIo.Seek(file.Descriptor, 0, 1)), file.Flags | closes, file.Path is { } path ? context.Family.MountTable.IdOf(path) : MountTable.Internal, file.Entry.Inode));
        if (file.Process != 0)
        {
            bool isThere = context.Family.Describe(file.Process) is not null;
            return text.Append(CultureInfo.InvariantCulture, $"Pid:\t{(isThere ? file.Process : -1)}\nNSpid:\t{(isThere ? file.Process : -1)}\n").ToString();
        }

        if (file.Set is { } set)
        {
            return text.Append(set.Describe()).ToString();
        }

        // Counters of eventfds and timers are the host's to tell; its locks are not the family's.
        foreach (string line in HostText.Read(Own + ProcNodes.Number(file.Descriptor)).Split('\n').Skip(LinesOfEveryFile).Where(l => l.Length > 0 && !l.StartsWith("lock:", StringComparison.Ordinal)))
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Common(long position, int flags, int mount, ulong inode) =>
        string.Create(CultureInfo.InvariantCulture, $"pos:\t{position}\nflags:\t0{Convert.ToString(flags, 8)}\nmnt_id:\t{mount}\nino:\t{inode}\n");
}
