using Iced.Intel;
using UniBench.Host;
using UniBench.Kvm;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Machines;

/// <summary>Which memory of the window the instruction at rip was about to touch: KVM does not say where an access failed.</summary>
internal static class WindowAccess
{
    private const int LongestInstruction = 15;

    /// <summary>The address; 0 for code of the library OS, whose copies end without it; null if the instruction touches nothing that the window shows, or its text is out of reach.</summary>
    /// <param name="inLibraryOs">The code is the library OS's.</param>
    public static ulong? Of(Machine machine, KvmRegisters registers, bool inLibraryOs)
    {
        if (inLibraryOs)
        {
            return 0;
        }

        AddressReader reader = new(machine);
        byte[] code = new byte[LongestInstruction];
        for (int done = 0; done < code.Length;)
        {
            ulong address = registers.Rip + (ulong)done;
            int piece = (int)Math.Min((ulong)(code.Length - done), GuestLayout.Page - (address % GuestLayout.Page));
            if (!TryReadText(machine, FrameOf(reader, address) + (address % GuestLayout.Page), code.AsSpan(done, piece)))
            {
                break;
            }

            done += piece;
        }

        Decoder decoder = Decoder.Create(64, new ByteArrayCodeReader(code), registers.Rip);
        Instruction instruction = decoder.Decode();
        for (int operand = 0; operand < instruction.OpCount; operand++)
        {
            if (instruction.TryGetVirtualAddress(operand, 0, out ulong address, (Register register, int _, int _, out ulong value) => TryGet(registers, register, out value)) && Shows(reader, address))
            {
                return address;
            }
        }

        return null;
    }

    private static bool Shows(AddressReader reader, ulong address) => FrameOf(reader, address) is >= GuestLayout.GpaWindow and < GuestLayout.GpaFamily;

    private static ulong FrameOf(AddressReader reader, ulong address)
    {
        ulong page = address & ~(ulong)(GuestLayout.Page - 1), behind = 0;
        reader.Visit(page, page + GuestLayout.Page, (_, frame) => behind = frame);
        return behind;
    }

    /// <summary>Text of the program, of a library as it was rewritten, or made at run time. Files themselves may have been cut off, so the monitor does not look there.</summary>
    private static bool TryReadText(Machine machine, ulong physical, Span<byte> to)
    {
        if (machine.Program is { } program && physical - program.TextAddress < (ulong)program.Text.Range.Length)
        {
            return TryCopy(program.Text.Range, physical - program.TextAddress, to);
        }

        ulong within = physical - GuestLayout.GpaWindow;
        return physical < GuestLayout.GpaWindow
            ? machine.TryCopy(physical, to)
            : machine.Window.At(within / GuestLayout.SegmentBytes) is { } segment && segment is not FileSegment { File.Stubs: null } && TryCopy(segment.Memory, within % GuestLayout.SegmentBytes, to);
    }

    private static bool TryCopy(HostRange from, ulong offset, Span<byte> to)
    {
        if (offset + (ulong)to.Length > (ulong)from.Length)
        {
            return false;
        }

        from.Slice((long)offset, to.Length).Span.CopyTo(to);
        return true;
    }

    /// <summary>Segments begin at 0, but for those of threads' own data, which no access to a file goes through.</summary>
    private static bool TryGet(in KvmRegisters registers, Register register, out ulong value)
    {
        ulong whole = register.GetFullRegister() switch
        {
            Register.RAX => registers.Rax,
            Register.RBX => registers.Rbx,
            Register.RCX => registers.Rcx,
            Register.RDX => registers.Rdx,
            Register.RSI => registers.Rsi,
            Register.RDI => registers.Rdi,
            Register.RSP => registers.Rsp,
            Register.RBP => registers.Rbp,
            Register.R8 => registers.R8,
            Register.R9 => registers.R9,
            Register.R10 => registers.R10,
            Register.R11 => registers.R11,
            Register.R12 => registers.R12,
            Register.R13 => registers.R13,
            Register.R14 => registers.R14,
            Register.R15 => registers.R15,
            _ => 0,
        };
        value = register.GetSize() == sizeof(uint) ? (uint)whole : whole;
        return register.IsGPR64() || register.IsGPR32() || register is Register.ES or Register.CS or Register.SS or Register.DS;
    }
}
