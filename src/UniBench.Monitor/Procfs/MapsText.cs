using System.Globalization;
using System.Text;

namespace UniBench.Monitor.Procfs;

/// <summary>/proc/PID/maps, smaps, smaps_rollup.</summary>
internal static class MapsText
{
    private const int NameColumn = 73;

    public static string Maps(AddressSpace space)
    {
        StringBuilder text = new();
        foreach (AreaView area in space.Areas)
        {
            AddLine(text, area);
        }

        return text.ToString();
    }

    public static string Details(AddressSpace space)
    {
        StringBuilder text = new();
        foreach (AreaView area in space.Areas)
        {
            AddLine(text, area);
            Add(text, "Size", area.Bytes);
            Add(text, "KernelPageSize", 4096);
            Add(text, "MMUPageSize", 4096);
            AddAmounts(text, [area]);
            text.Append("THPeligible:           0\nVmFlags:");
            Flag(area.IsReadable, " rd");
            Flag(area.IsWritable, " wr");
            Flag(area.IsExecutable, " ex");
            Flag(area.IsShared, " sh");
            Flag(!area.Flags.HasFlag(Abi.AreaFlags.ReadOnly), " mr mw me");
            Flag(area.IsShared, " ms");
            Flag(area.IsStack, " gd");
            Flag(area.Locked > 0, " lo");
            Flag(area.Flags.HasFlag(Abi.AreaFlags.NoFork), " dc");
            Flag(area.Flags.HasFlag(Abi.AreaFlags.Wiped), " wf");
            text.Append(" \n");
        }

        return text.ToString();

        void Flag(bool has, string name) => text.Append(has ? name : string.Empty);
    }

    public static string Rollup(AddressSpace space)
    {
        if (space.Areas.Count == 0)
        {
            return string.Empty;
        }

        StringBuilder text = new();
        AddLine(text, new AreaView(space.Areas[0].Start, space.Areas[^1].End, 0, 0) { Name = "[rollup]" });
        AddAmounts(text, space.Areas, isRollup: true);
        return text.ToString();
    }

    private static void AddLine(StringBuilder text, AreaView area)
    {
        int start = text.Length;
        text.Append(CultureInfo.InvariantCulture, $"{area.Start:x8}-{area.End:x8} ");
        text.Append(area.IsReadable ? 'r' : '-').Append(area.IsWritable ? 'w' : '-').Append(area.IsExecutable ? 'x' : '-').Append(area.IsShared ? 's' : 'p');
        text.Append(CultureInfo.InvariantCulture, $" {area.Offset:x8} {area.Device >> 8 & 0xfff:x2}:{area.Device & 0xff:x2} {area.Inode} ");
        if (area.Name.Length > 0)
        {
            text.Append(' ', Math.Max(0, NameColumn - (text.Length - start))).Append(area.Name.Replace("\n", "\\012", StringComparison.Ordinal));
        }

        text.Append('\n');
    }

    /// <summary>What is the process's own counts as dirty, what is the file's or shared as clean and shared.</summary>
    private static void AddAmounts(StringBuilder text, IReadOnlyList<AreaView> areas, bool isRollup = false)
    {
        long resident = areas.Sum(a => a.Resident), anonymous = areas.Sum(a => a.Anonymous), memory = areas.Where(a => a.IsSharedMemory).Sum(a => a.Resident - a.Anonymous);
        Add(text, "Rss", resident);
        Add(text, "Pss", resident);
        Add(text, "Pss_Dirty", anonymous);
        if (isRollup)
        {
            Add(text, "Pss_Anon", anonymous);
            Add(text, "Pss_File", resident - anonymous - memory);
            Add(text, "Pss_Shmem", memory);
        }

        Add(text, "Shared_Clean", resident - anonymous);
        Add(text, "Shared_Dirty", 0);
        Add(text, "Private_Clean", 0);
        Add(text, "Private_Dirty", anonymous);
        Add(text, "Referenced", resident);
        Add(text, "Anonymous", anonymous);
        foreach (string none in (string[])["KSM", "LazyFree", "AnonHugePages", "ShmemPmdMapped", "FilePmdMapped", "Shared_Hugetlb", "Private_Hugetlb", "Swap", "SwapPss"])
        {
            Add(text, none, 0);
        }

        Add(text, "Locked", areas.Sum(a => a.Locked));
    }

    private static void Add(StringBuilder text, string name, long bytes) => text.Append(CultureInfo.InvariantCulture, $"{name + ":",-16}{bytes >> 10,8} kB\n");
}
