using System.Buffers.Binary;
using UniBench.Host;

namespace UniBench.Monitor.Files;

/// <summary>struct termios of the kernel, as far as the monitor asks for it.</summary>
internal readonly record struct TerminalSettings(uint Input, uint Local, byte[] Keys)
{
    public const int Bytes = 36;
    private const uint Get = 0x5401; // TCGETS
    private const int InterruptKey = 0, QuitKey = 1, EraseKey = 2, KillKey = 3, TimeKey = 5, LeastKey = 6, StartKey = 8, StopKey = 9, SuspendKey = 10, EraseWordKey = 14, QuoteKey = 15;

    public bool HasSignals => (Local & 0x1) != 0; // ISIG

    public bool IsCanonical => (Local & 0x2) != 0; // ICANON

    /// <summary>Keys that send signals leave what waits in the queues.</summary>
    public bool KeepsQueues => (Local & 0x80) != 0; // NOFLSH

    /// <summary>A process in the background is stopped when it writes.</summary>
    public bool StopsOutput => (Local & 0x100) != 0; // TOSTOP

    public bool IsExtended => (Local & 0x8000) != 0; // IEXTEN

    /// <summary>Somebody else edits lines and knows the keys.</summary>
    public bool IsExternal => (Local & 0x10000) != 0; // EXTPROC

    public bool Strips => (Input & 0x20) != 0; // ISTRIP

    public bool Lowers => (Input & 0x200) != 0 && IsExtended; // IUCLC

    public bool HasFlowControl => (Input & 0x400) != 0; // IXON

    /// <summary>VMIN and VTIME, which hold where lines are not edited.</summary>
    public (int Bytes, int Tenths) Least => (Keys[LeastKey], Keys[TimeKey]);

    public byte Interrupt => Keys[InterruptKey];

    public byte Quit => Keys[QuitKey];

    public byte Suspend => Keys[SuspendKey];

    public byte Quote => Keys[QuoteKey];

    /// <returns>Null where the host has none: it is hung up, or no terminal.</returns>
    public static TerminalSettings? Of(int descriptor)
    {
        Span<byte> settings = stackalloc byte[Bytes];
        return HostIo.Ioctl(descriptor, Get, settings) == 0 ? Parse(settings) : null;
    }

    public static TerminalSettings Parse(ReadOnlySpan<byte> settings) =>
        new(BinaryPrimitives.ReadUInt32LittleEndian(settings), BinaryPrimitives.ReadUInt32LittleEndian(settings[12..]), settings.Slice(17, 19).ToArray());

    public bool IsFlowKey(byte key) => HasFlowControl && (key == Keys[StartKey] || key == Keys[StopKey]);

    /// <summary>Erases a character, a word or the line.</summary>
    public bool IsEraser(byte key) => key == Keys[EraseKey] || key == Keys[KillKey] || (key == Keys[EraseWordKey] && IsExtended);
}
