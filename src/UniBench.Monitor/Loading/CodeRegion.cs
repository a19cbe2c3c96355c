namespace UniBench.Monitor.Loading;

/// <summary>Bytes of a program and the address they are at.</summary>
internal sealed record CodeRegion(ulong Address, ReadOnlyMemory<byte> Bytes)
{
    public ulong End => Address + (ulong)Bytes.Length;

    public bool Contains(ulong address) => address >= Address && address < End;
}
