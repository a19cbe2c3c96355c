using System.Runtime.InteropServices;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Loading;

namespace UniBench.Monitor.Memory;

/// <summary>The library OS that is embedded in this assembly: code and read-only data for all VMs, initial private data for each.</summary>
internal sealed class LibosImage
{

    private LibosImage(ElfFile elf, byte[] code, byte[] data)
    {
        Elf = elf;
        Code = code;
        Data = data;
        Header = MemoryMarshal.Read<LibosHeader>(code);
        if (Header.Magic != GuestLayout.AbiMagic || Header.AbiVersion != GuestLayout.AbiVersion)
        {
            throw new EngineException(
                $"library OS: ABI version {Header.AbiVersion}, the monitor speaks {GuestLayout.AbiVersion}: rebuild with `./run.sh build`");
        }
    }

    public ElfFile Elf { get; }

    public LibosHeader Header { get; }

    /// <summary>From GuestLayout.LibosText on: executable text, then read-only data from the next page.</summary>
    public byte[] Code { get; }

    /// <summary>From GuestLayout.LibosPrivate + LibosDataOffset on; bss follows, see the header.</summary>
    public byte[] Data { get; }

    /// <summary>Private memory that the library OS takes: the program's frames start here.</summary>
    public ulong PrivateEnd => Header.BssEnd - GuestLayout.LibosPrivate;

    public bool Contains(ulong rip) => rip >= GuestLayout.LibosText && rip < Header.CpuidEntry;

    /// <param name="machine">kvm or sandbox: guest/libos has a folder of that name.</param>
    public static LibosImage Load(string machine)
    {
        string resource = $"libos-{machine}.elf";
        using Stream stream = typeof(LibosImage).Assembly.GetManifestResourceStream(resource)
            ?? throw new EngineException($"library OS: {resource} is not in {typeof(LibosImage).Assembly.Location}: build with `./run.sh build`");
        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        ElfFile elf = ElfFile.Parse(file);
        byte[] code = [];
        byte[] data = [];
        foreach (ElfSegment segment in elf.Segments)
        {
            ReadOnlySpan<byte> bytes = segment.FileBytes.Span;
            if (segment.VirtualAddress >= GuestLayout.LibosPrivate)
            {
                data = bytes.ToArray();
            }
            else
            {
                int offset = checked((int)(segment.VirtualAddress - GuestLayout.LibosText));
                Array.Resize(ref code, Math.Max(code.Length, offset + bytes.Length));
                bytes.CopyTo(code.AsSpan(offset));
            }
        }

        return new LibosImage(elf, code, data);
    }
}
