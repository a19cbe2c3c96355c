using System.Globalization;
using System.Text;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;

namespace UniBench.Monitor.Calls;

/// <summary>--trace: system calls as they happen, one line each, in the manner of strace.</summary>
internal sealed class CallTrace(GuestProcess process) : CallModule(process)
{
    public long Trace(LinuxCall call, long exit, long result)
    {
        if (Family.Spec.Trace is not { } sink || (uint)call >= GuestLayout.SyscallLimit)
        {
            return 0;
        }

        ref readonly TraceArguments a = ref Vm.Control.TraceArgs;
        string name = SyscallNames.Of(call);
        if (exit == 0)
        {
            // Calls that do not return are shown when they start.
            if (call is LinuxCall.Exit or LinuxCall.ExitGroup or LinuxCall.RtSigreturn)
            {
                sink(string.Create(CultureInfo.InvariantCulture, $"[{Pid}] {name}({(call == LinuxCall.RtSigreturn ? string.Empty : a[0])}) = ?"));
            }

            return 0;
        }

        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"[{Pid}] {name}(");
        int count = SyscallNames.ArgumentCount(call);
        for (int i = 0; i < count; i++)
        {
            line.Append(i == 0 ? string.Empty : ", ").Append(Argument(call, i, a[i], result));
        }

        line.Append(") = ");
        line.Append(result is < 0 and > -4096 ? string.Create(CultureInfo.InvariantCulture, $"-1 {Errno.Name((int)-result)}")
            : result < 65536 ? result.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"0x{result:x}"));
        sink(line.ToString());
        return 0;
    }

    private string Argument(LinuxCall call, int index, ulong value, long result)
    {
        if (SyscallNames.IsDirectory(call, index) && (int)value == AtFlags.Fdcwd)
        {
            return "AT_FDCWD";
        }

        if (SyscallNames.IsText(call, index))
        {
            return Quote(value, 64, nulTerminated: true);
        }

        if (index == 1 && (call == LinuxCall.Write || (call == LinuxCall.Read && result > 0)))
        {
            return Quote(value, (int)Math.Min(32, call == LinuxCall.Read ? (ulong)result : Vm.Control.TraceArgs[2]), nulTerminated: false);
        }

        return value < 65536 ? value.ToString(CultureInfo.InvariantCulture)
            : (long)value is < 0 and > -65536 ? ((long)value).ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"0x{value:x}");
    }

    /// <summary>Guest memory as a C string; what is not mapped ends it.</summary>
    private string Quote(ulong address, int limit, bool nulTerminated)
    {
        Memory.PageTables tables = Vm.PageTables;
        StringBuilder text = new("\"");
        for (int i = 0; i < limit; i++)
        {
            if (tables.Translate(address + (ulong)i) is not { } physical || Byte(physical) is not { } value)
            {
                return string.Create(CultureInfo.InvariantCulture, $"0x{address:x}");
            }

            if (value == 0 && nulTerminated)
            {
                return text.Append('"').ToString();
            }

            text.Append(value switch
            {
                (byte)'\n' => "\\n",
                (byte)'"' => "\\\"",
                (byte)'\\' => "\\\\",
                >= 32 and < 127 => ((char)value).ToString(),
                _ => string.Create(CultureInfo.InvariantCulture, $"\\{Convert.ToString(value, 8)}"),
            });
        }

        return text.Append("\"...").ToString();

        byte? Byte(ulong physical)
        {
            if (Vm.At(physical, 1) is { } own)
            {
                return own.Span[0];
            }

            return Vm.Program is { } image && physical - image.TextAddress < (ulong)image.Text.Length
                ? image.Text.Slice((long)(physical - image.TextAddress), 1).Range.Span[0]
                : null;
        }
    }
}
