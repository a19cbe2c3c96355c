namespace UniBench.Monitor.Abi;

/// <summary>Mirror of the constants in guest/abi/unibench_abi.h, which explains them. Names match: UB_PAGE is Page.</summary>
internal static class GuestLayout
{
    public const ulong AbiMagic = 0x48434e4542494e55;
    public const uint AbiVersion = 1;
    public const int Page = 4096;
    public const int LargePage = 0x200000;
    public const ulong ProgramBase = 0x400000;
    public const ulong MmapLow = 0x1000000000;
    public const ulong DirectMap = 0x7f8000000000;
    public const ulong RingWindow = 0x7fa000000000;
    public const ulong MmapHigh = 0x7fffe0000000;
    public const ulong StackTop = 0x7ffff0000000;
    public const ulong LibosText = 0x7ffff8000000;
    public const ulong SystemPage = 0x7ffff8100000;
    public const ulong LibosPrivate = 0x7ffff8200000;
    public const ulong LibosTables = 0x7ffff9000000;
    public const ulong ExecStrings = 0x7ffffb000000;
    public const ulong GpaLibos = 0x1000000000;
    public const ulong GpaSystem = 0x1000200000;
    public const ulong GpaText = 0x1100000000;
    public const ulong GpaRings = 0x1200000000;
    public const ulong RamMax = 0x1000000000;
    public const int ControlOffset = 0;
    public const int CountersOffset = 0x1000;
    public const int TrapOffset = 0x2000;
    public const int BounceOffset = 0x4000;
    public const int BounceSize = 0x10000;
    public const int ScratchOffset = 0x14000;
    public const int TablesOffset = 0x30000;
    public const int TablesSize = 0x40000;
    public const int TablesRegions = 4;
    public const int LibosDataOffset = 0x130000;
    public const int RingSlots = 512;
    public const int RingStride = 0x200000;
    public const int RingData = 4096;
    public const int RingCapacity = 65536;
    public const int RingCapacityMax = 1048576;
    public const int Port = 0x5b;
    public const int Signals = 65;
    public const int SyscallLimit = 512;
    public const int ParkMax = 512;
    public const int Stdio = 3;
    public const int Areas = 24;
    public const int PathSecond = 0x2000;
    public const int PathData = 0x4000;
    public const int Descriptors = 1024;
    public const uint Cwd = 0xffffffff;
    public const int OpenRing = 0x40000000;
    public const int OpenRegular = 0x20000000;
    public const int Timers = 33;
    public const int TimerCpu = 1;
    public const int MapShared = 1;
    public const int MapWrite = 2;
    public const int MapExecute = 4;
    public const int FindingThread = 1;
}
