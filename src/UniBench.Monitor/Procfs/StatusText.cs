using System.Globalization;
using System.Text;
using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Procfs;

/// <summary>/proc/PID/status.</summary>
internal static class StatusText
{
    private const int DescriptorsAtOnce = 64;

    /// <param name="cpus">Those that the family may use.</param>
    public static string Of(ProcessView process, AddressSpace? space, IReadOnlyList<int> cpus)
    {
        StringBuilder text = new();
        ControlPage control = process.Control;
        Add("Name", Escaped(process.Name));
        Add("Umask", Octal(control.Umask));
        Add("State", StateName(process.State));
        Add("Tgid", process.Pid);
        Add("Ngid", 0);
        Add("Pid", process.Pid);
        Add("PPid", process.Parent);
        Add("TracerPid", 0);
        text.Append(process.Credentials.UserLines());
        Add("FDSize", process.IsZombie ? 0 : DescriptorsAtOnce);
        text.Append(process.Credentials.GroupsLine());
        Add("NStgid", process.Pid);
        Add("NSpid", process.Pid);
        Add("NSpgid", process.Group);
        Add("NSsid", process.Session);
        Add("Kthread", 0);
        if (space is not null)
        {
            AddMemory(text, space, process.MostResident);
        }

        Add("Threads", 1);
        Add("SigQ", $"{System.Numerics.BitOperations.PopCount(control.SigPending)}/{ulong.MaxValue}");
        Add("SigPnd", Hex(0));
        Add("ShdPnd", Hex(control.SigPending));
        Add("SigBlk", Hex(control.SigBlocked));
        Add("SigIgn", Hex(control.SigRefused));
        Add("SigCgt", Hex(control.SigCaught));
        text.Append(process.Credentials.CapabilityLines());
        Add("Seccomp", 0);
        Add("Seccomp_filters", 0);
        Add("Cpus_allowed", Mask(cpus));
        Add("Cpus_allowed_list", Ranges(cpus));
        Add("Mems_allowed", "1");
        Add("Mems_allowed_list", "0");
        Add("voluntary_ctxt_switches", process.Switches.Blocks);
        Add("nonvoluntary_ctxt_switches", process.Switches.Kicks);
        return text.ToString();

        void Add(string name, object value) => text.Append(CultureInfo.InvariantCulture, $"{name}:\t{value}\n");
    }

    private static void AddMemory(StringBuilder text, AddressSpace space, long most)
    {
        Add("VmPeak", space.Bytes);
        Add("VmSize", space.Bytes);
        Add("VmLck", space.Areas.Sum(a => a.Locked));
        Add("VmPin", 0);
        Add("VmHWM", Math.Max(space.Resident, most));
        Add("VmRSS", space.Resident);
        Add("RssAnon", space.ResidentAnonymous);
        Add("RssFile", space.ResidentShared - space.ResidentOfMemory);
        Add("RssShmem", space.ResidentOfMemory);
        Add("VmData", space.DataBytes);
        Add("VmStk", space.StackBytes);
        Add("VmExe", space.CodeBytes);
        Add("VmLib", space.LibraryBytes);
        Add("VmPTE", space.TableBytes);
        Add("VmSwap", 0);
        Add("HugetlbPages", 0);
        text.Append("CoreDumping:\t0\nTHP_enabled:\t0\nuntag_mask:\t0xffffffffffffffff\n");

        void Add(string name, long bytes) => text.Append(CultureInfo.InvariantCulture, $"{name}:\t{bytes >> 10,8} kB\n");
    }

    private static string StateName(char state) => state switch
    {
        'R' => "R (running)",
        'S' => "S (sleeping)",
        'T' => "T (stopped)",
        _ => "Z (zombie)",
    };

    private static string Octal(uint mode) => Convert.ToString(mode, 8).PadLeft(4, '0');

    private static string Hex(ulong value) => value.ToString("x16", CultureInfo.InvariantCulture);

    private static string Escaped(string name) => name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>Groups of 32 bits, the highest first.</summary>
    private static string Mask(IReadOnlyList<int> cpus)
    {
        uint[] words = new uint[(cpus.DefaultIfEmpty(0).Max() / 32) + 1];
        foreach (int cpu in cpus)
        {
            words[cpu / 32] |= 1u << (cpu % 32);
        }

        return string.Join(',', words.Reverse().Select((w, i) => w.ToString(i == 0 ? "x" : "x8", CultureInfo.InvariantCulture)));
    }

    private static string Ranges(IReadOnlyList<int> cpus)
    {
        List<string> ranges = [];
        int[] sorted = [.. cpus.Distinct().Order()];
        for (int i = 0; i < sorted.Length;)
        {
            int last = i;
            while (last + 1 < sorted.Length && sorted[last + 1] == sorted[last] + 1)
            {
                last++;
            }

            ranges.Add(last == i ? $"{sorted[i]}" : $"{sorted[i]}-{sorted[last]}");
            i = last + 1;
        }

        return string.Join(',', ranges);
    }
}
