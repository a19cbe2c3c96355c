using System.Buffers.Binary;
using Iced.Intel;

namespace UniBench.Monitor.Loading;

/// <summary>
/// The stub region: the entries of the library OS as two 8-byte literals, then a stub for each detour. For `cpuid` the address is in rdx,
/// which that overwrites.
/// <code>
///     displaced instructions that were before the call
///     lea rcx, [rip + back]      what the hardware leaves in rcx: the address to go on at
///     jmp [rip + slot]           nothing is pushed: a leaf function's red zone stays as it is
/// back:
///     displaced instructions that were behind the call
///     jmp behind the patched bytes
/// </code>
/// </summary>
internal sealed class StubWriter
{
    private const int Alignment = 16;
    private const int SlotLength = 8;
    private const int LeaLength = 7;
    private const int JumpThroughSlotLength = 6;
    private readonly ulong address;
    private readonly List<byte> code = [];

    public StubWriter(ulong address, ulong syscallEntry, ulong cpuidEntry)
    {
        this.address = address;
        byte[] slots = new byte[2 * SlotLength];
        BinaryPrimitives.WriteUInt64LittleEndian(slots, syscallEntry);
        BinaryPrimitives.WriteUInt64LittleEndian(slots.AsSpan(SlotLength), cpuidEntry);
        code.AddRange(slots);
    }

    public byte[] Code => [.. code];

    private ulong Here => address + (ulong)code.Count;

    /// <returns>The stub's address; null if an instruction cannot be encoded there, which <paramref name="refusal"/> explains.</returns>
    public ulong? Write(Detour detour, bool isCpuid, out string? refusal)
    {
        int undo = code.Count;
        while (Here % Alignment != 0)
        {
            code.Add(0xcc);
        }

        ulong stub = Here;
        refusal = Displace(detour.Before);
        Emit([0x48, 0x8d, isCpuid ? (byte)0x15 : (byte)0x0d], Here + LeaLength + JumpThroughSlotLength);
        Emit([0xff, 0x25], address + (isCpuid ? SlotLength : 0UL));
        refusal ??= Displace(detour.After);
        if (detour.FallsThrough)
        {
            Emit([0xe9], detour.End);
        }

        long distance = (long)(stub - detour.Start);
        if (refusal is null && Math.Abs(distance) > int.MaxValue - 0x10000)
        {
            refusal = "the stubs are more than 2 GB away";
        }

        if (refusal is not null)
        {
            code.RemoveRange(undo, code.Count - undo);
            return null;
        }

        return stub;
    }

    /// <summary>The jump to the stub; what is left of the bytes it replaces becomes nops.</summary>
    public static CodePatch Patch(Detour detour, ulong stub)
    {
        byte[] bytes = new byte[detour.End - detour.Start];
        bytes.AsSpan().Fill(0x90);
        bytes[0] = 0xe9;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), (int)(stub - (detour.Start + Detour.JumpLength)));
        return new CodePatch(detour.Start, bytes);
    }

    private void Emit(ReadOnlySpan<byte> opcode, ulong target)
    {
        Span<byte> displacement = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(displacement, unchecked((int)(target - (Here + (ulong)opcode.Length + 4))));
        code.AddRange(opcode);
        code.AddRange(displacement);
    }

    /// <summary>Instructions at their new address: operands and branches relative to rip keep what they refer to.</summary>
    private string? Displace(IReadOnlyList<Instruction> instructions)
    {
        if (instructions.Count == 0)
        {
            return null;
        }

        Bytes bytes = new();
        InstructionBlock block = new(bytes, [.. instructions], Here);
        if (!BlockEncoder.TryEncode(64, block, out string? error, out _))
        {
            return $"cannot be displaced: {error}";
        }

        code.AddRange(bytes.Written);
        return null;
    }

    private sealed class Bytes : CodeWriter
    {
        public List<byte> Written { get; } = [];

        public override void WriteByte(byte value) => Written.Add(value);
    }
}
