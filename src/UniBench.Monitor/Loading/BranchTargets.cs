using System.Buffers.Binary;
using System.Collections;

namespace UniBench.Monitor.Loading;

/// <summary>
/// Every address in the code that something may jump to, as far as it can be known: too many is safe, too few is not.
/// Direct branches and addresses in instructions come from the sweep; this class adds the code pointers and jump tables
/// in data.
/// </summary>
internal sealed class BranchTargets
{
    private readonly IReadOnlyList<CodeRegion> code;
    private readonly BitArray[] bits;

    public BranchTargets(IReadOnlyList<CodeRegion> code)
    {
        this.code = code;
        bits = [.. code.Select(r => new BitArray(r.Bytes.Length))];
    }

    /// <returns>Whether it is an address in the code at all.</returns>
    public bool Add(ulong address)
    {
        int region = RegionOf(address);
        if (region < 0)
        {
            return false;
        }

        bits[region][(int)(address - code[region].Address)] = true;
        return true;
    }

    public bool Contains(ulong address)
    {
        int region = RegionOf(address);
        return region >= 0 && bits[region][(int)(address - code[region].Address)];
    }

    /// <summary>Aligned 8-byte words that are addresses in the code: function pointers, relocations, tables of absolute addresses.</summary>
    public void AddPointersIn(CodeRegion data, ulong bias)
    {
        ReadOnlySpan<byte> bytes = data.Bytes.Span;
        for (int at = (int)(-(long)data.Address & 7); at + 8 <= bytes.Length; at += 8)
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
            if (word != 0)
            {
                Add(word + bias);
            }
        }
    }

    /// <summary>
    /// A table of 4-byte offsets from its own start, which is what compilers make of `switch`. Where it ends is not known;
    /// it is read as long as the entries point into the code.
    /// </summary>
    public void AddJumpTable(CodeRegion data, ulong table)
    {
        ReadOnlySpan<byte> bytes = data.Bytes.Span[(int)(table - data.Address)..];
        for (int at = 0; at + 4 <= bytes.Length && Add(table + (ulong)(long)BinaryPrimitives.ReadInt32LittleEndian(bytes[at..])); at += 4)
        {
        }
    }

    private int RegionOf(ulong address)
    {
        for (int i = 0; i < code.Count; i++)
        {
            if (code[i].Contains(address))
            {
                return i;
            }
        }

        return -1;
    }
}
