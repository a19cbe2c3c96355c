using NUnit.Framework;
using UniBench.Monitor.Loading;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Loading;

/// <summary>Static programs to try the loader on: our own, and those of the system that happen to be there.</summary>
internal static class RealPrograms
{
    public static string Hello => Path.Combine(Folder, "hello");

    public static IEnumerable<string> Paths =>
        new[] { "hello", "null_syscall", "pipe_pingpong", "fork_storm", "spawn" }.Select(name => Path.Combine(Folder, name))
            .Concat(new[] { "/bin/busybox", "/bin/bash-static", "/sbin/ldconfig" }.Where(IsStaticProgram));

    private static string Folder => Path.Combine(ConformancePrograms.Repository, "guest", "build", "programs");

    public static byte[] Read(string path)
    {
        Assert.That(path, Does.Exist, "run `make -C guest programs`");
        return File.ReadAllBytes(path);
    }

    /// <summary>As the engine asks: a position independent program is moved away from address 0.</summary>
    public static RewriteRequest Request(ElfFile elf)
    {
        ulong bias = elf.IsPositionIndependent ? 0x400000UL : 0;
        ulong end = elf.Segments[^1].VirtualAddress + elf.Segments[^1].MemorySize + bias;
        return RewriteRequest.For(elf, bias, (end + 0xfff) & ~0xfffUL, 0x7ffff8000123);
    }

    private static bool IsStaticProgram(string path) => File.Exists(path) && ElfFile.Parse(File.ReadAllBytes(path)).Interpreter is null;
}
