using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Memory;

/// <summary>The first stack of a program: argc, argv, envp and the auxiliary vector, as the System V ABI lays them out.</summary>
internal static class ProgramStart
{
    private const int SparePages = 3;

    /// <summary>Room for the stack of such a program, bytes.</summary>
    public static long BytesFor(IReadOnlyList<byte[]> arguments, IReadOnlyList<byte[]> environment) =>
        arguments.Sum(a => a.Length + 9L) + environment.Sum(e => e.Length + 9L) + (16 * GuestLayout.Page);

    /// <summary>Lays out and maps the stack in private memory whose page tables are the image's.</summary>
    /// <param name="secure">AT_SECURE: it has other rights than who started it.</param>
    /// <param name="framesNext">First free frame; advanced by the pages of the stack.</param>
    /// <returns>The initial stack pointer.</returns>
    public static ulong Write(
        HostRange memory,
        PageTables tables,
        ProgramImage image,
        string name,
        IReadOnlyList<byte[]> arguments,
        IReadOnlyList<byte[]> environment,
        Credentials user,
        bool secure,
        ref ulong framesNext,
        ref ulong tablesNext,
        out StartStrings strings)
    {
        int stringBytes = arguments.Sum(a => a.Length + 1) + environment.Sum(e => e.Length + 1) + name.Length + 64;
        ulong[] auxiliary = Auxiliary(image, user, secure);
        int words = 1 + arguments.Count + 1 + environment.Count + 1 + auxiliary.Length + 8;
        int pages = ((stringBytes + (words * 8) + 64 + GuestLayout.Page - 1) / GuestLayout.Page) + SparePages;
        HostRange stack = memory.Slice((long)framesNext, pages * GuestLayout.Page);
        stack.Span.Clear();
        ulong bottom = GuestLayout.StackTop - (ulong)(pages * GuestLayout.Page);
        for (int i = 0; i < pages; i++)
        {
            tables.Map(bottom + (ulong)(i * GuestLayout.Page), framesNext + (ulong)(i * GuestLayout.Page), GuestLayout.PteWritable | GuestLayout.PteNoExecute, ref tablesNext);
        }

        framesNext += (ulong)(pages * GuestLayout.Page);
        Writer writer = new(stack.Span, bottom);
        ulong fileName = writer.Push(Encoding.Latin1.GetBytes(name), terminate: true);
        ulong environmentEnd = writer.At;
        ulong[] environmentAddresses = writer.PushAll(environment);
        ulong argumentsEnd = writer.At;
        ulong[] argumentAddresses = writer.PushAll(arguments);
        ulong argumentsStart = writer.At;
        ulong platform = writer.Push("x86_64"u8, terminate: true);
        ulong random = writer.Push(RandomNumberGenerator.GetBytes(16), terminate: false);
        ulong top = (random - (ulong)(words * 8)) & ~15UL;
        ulong at = top;
        auxiliary = [.. auxiliary, 25, random, 15, platform, 31, fileName, 0, 0]; // AT_RANDOM, AT_PLATFORM, AT_EXECFN, AT_NULL
        strings = new StartStrings(argumentsStart, argumentsEnd, argumentsEnd, environmentEnd, auxiliary);
        Put((ulong)arguments.Count);
        PutAll(argumentAddresses);
        PutAll(environmentAddresses);
        foreach (ulong word in auxiliary)
        {
            Put(word);
        }

        return top;

        void Put(ulong word)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(stack.Span[(int)(at - bottom)..], word);
            at += 8;
        }

        void PutAll(ulong[] list)
        {
            foreach (ulong word in list)
            {
                Put(word);
            }

            Put(0);
        }
    }

    private static ulong[] Auxiliary(ProgramImage image, Credentials user, bool secure) =>
    [
        3, image.Elf.ProgramHeadersAddress + image.Bias, // AT_PHDR
        4, 56, // AT_PHENT
        5, (ulong)image.Elf.ProgramHeaderCount, // AT_PHNUM
        6, GuestLayout.Page, // AT_PAGESZ
        7, image.InterpreterBase, // AT_BASE
        8, 0, // AT_FLAGS
        9, image.Elf.Entry + image.Bias, // AT_ENTRY
        11, user.Users.Real, 12, user.Users.Effective, 13, user.Groups.Real, 14, user.Groups.Effective, // AT_UID AT_EUID AT_GID AT_EGID
        16, 0x178bfbff, // AT_HWCAP: CPUID 1 EDX, what any x86-64 has
        17, 100, // AT_CLKTCK
        23, secure ? 1u : 0, // AT_SECURE
        26, 2, // AT_HWCAP2: FSGSBASE
    ];

    private ref struct Writer(Span<byte> stack, ulong bottom)
    {
        private readonly Span<byte> stack = stack;
        private int end = stack.Length;

        /// <summary>Address of what was pushed last.</summary>
        public readonly ulong At => bottom + (ulong)end;

        public ulong Push(ReadOnlySpan<byte> bytes, bool terminate)
        {
            end -= bytes.Length + (terminate ? 1 : 0);
            bytes.CopyTo(stack[end..]);
            return bottom + (ulong)end;
        }

        public ulong[] PushAll(IReadOnlyList<byte[]> list)
        {
            ulong[] addresses = new ulong[list.Count];
            for (int i = list.Count - 1; i >= 0; i--)
            {
                addresses[i] = Push(list[i], terminate: true);
            }

            return addresses;
        }
    }
}
