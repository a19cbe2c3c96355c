using System.Runtime.CompilerServices;

namespace UniBench.Kvm;

/// <summary>ioctl numbers of &lt;linux/kvm.h&gt;, computed as _IO, _IOR and _IOW do.</summary>
internal static class KvmIoctl
{
    public static readonly int GetApiVersion = Io(0x00);
    public static readonly int CreateVm = Io(0x01);
    public static readonly int CheckExtension = Io(0x03);
    public static readonly int GetVcpuMmapSize = Io(0x04);
    public static readonly int GetSupportedCpuid = Number(3, 0x05, 8);
    public static readonly int CreateVcpu = Io(0x41);
    public static readonly int SetUserMemoryRegion = Write<KvmMemoryRegion>(0x46);
    public static readonly int Run = Io(0x80);
    public static readonly int GetRegisters = Read<KvmRegisters>(0x81);
    public static readonly int SetRegisters = Write<KvmRegisters>(0x82);
    public static readonly int GetSystemRegisters = Read<KvmSystemRegisters>(0x83);
    public static readonly int SetSystemRegisters = Write<KvmSystemRegisters>(0x84);
    public static readonly int GetMsrIndexList = Number(3, 0x02, 4);
    public static readonly int GetMsrs = Number(3, 0x88, 8);
    public static readonly int SetMsrs = Number(1, 0x89, 8);
    public static readonly int SetCpuid2 = Number(1, 0x90, 8);
    public static readonly int GetEvents = Number(2, 0x9f, 64);
    public static readonly int SetEvents = Number(1, 0xa0, 64);
    public static readonly int GetDebugRegisters = Number(2, 0xa1, 128);
    public static readonly int SetDebugRegisters = Number(1, 0xa2, 128);
    public static readonly int GetXsave = Number(2, 0xa4, 4096);
    public static readonly int SetXsave = Number(1, 0xa5, 4096);
    public static readonly int SetXcrs = Write<KvmXcrs>(0xa7);
    public static readonly int EnableCapability = Write<KvmCapability>(0xa3);
    public static readonly int GetStatistics = Io(0xce);
    public static readonly int SetDeviceAttribute = Write<KvmDeviceAttribute>(0xe1);

    private const int KvmType = 0xae;

    private static int Io(int number) => Number(0, number, 0);

    private static int Read<T>(int number) => Number(2, number, Unsafe.SizeOf<T>());

    private static int Write<T>(int number) => Number(1, number, Unsafe.SizeOf<T>());

    private static int Number(uint direction, int number, int size) =>
        unchecked((int)(direction << 30 | (uint)size << 16 | (uint)KvmType << 8 | (uint)number));
}
