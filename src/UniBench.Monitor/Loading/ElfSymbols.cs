using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace UniBench.Monitor.Loading;

/// <summary>The code symbols of a file, in order of their addresses.</summary>
internal sealed class ElfSymbols
{
    private const int EntrySize = 24;
    private readonly ReadOnlyMemory<byte> names;
    private readonly Symbol[] symbols;

    private ElfSymbols(ReadOnlyMemory<byte> names, Symbol[] symbols)
    {
        this.names = names;
        this.symbols = symbols;
    }

    /// <summary>Addresses of functions and of labels in assembly code.</summary>
    public IEnumerable<ulong> Addresses => symbols.Select(s => s.Address);

    public static ElfSymbols Read(ElfSections sections)
    {
        ReadOnlySpan<byte> table = sections.SymbolBytes.Span;
        List<Symbol> found = [];
        for (int at = 0; at + EntrySize <= table.Length; at += EntrySize)
        {
            ReadOnlySpan<byte> entry = table.Slice(at, EntrySize);
            int type = entry[4] & 15; // 0 a label, 2 a function, 10 one that is chosen at start-up (ifunc)
            int section = BinaryPrimitives.ReadUInt16LittleEndian(entry[6..]);
            uint name = BinaryPrimitives.ReadUInt32LittleEndian(entry);
            if (type is 0 or 2 or 10 && section is > 0 and < 0xff00 && name > 0 && name < sections.SymbolNames.Length)
            {
                found.Add(new Symbol(
                    BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]), BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]), type != 0, entry[4] >> 4, (int)name));
            }
        }

        // Of several names for one address the last wins a search: a function before a label, a global name before a local one.
        return new ElfSymbols(
            sections.SymbolNames, [.. found.OrderBy(s => s.Address).ThenBy(s => s.IsFunction).ThenBy(s => s.Binding == 1).ThenByDescending(s => s.Name)]);
    }

    public string? Describe(ulong address)
    {
        int low = 0, high = symbols.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = symbols[middle].Address <= address ? (middle + 1, high) : (low, middle);
        }

        if (low == 0)
        {
            return null;
        }

        Symbol symbol = symbols[low - 1];
        ulong offset = address - symbol.Address;
        if (symbol.Size != 0 && offset >= symbol.Size)
        {
            return null;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{NameAt(symbol.Name)}+0x{offset:x}");
    }

    private string NameAt(int offset)
    {
        ReadOnlySpan<byte> text = names.Span[offset..];
        int end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }

    private readonly record struct Symbol(ulong Address, ulong Size, bool IsFunction, int Binding, int Name);
}
