using UniBench.Host;
using UniBench.Monitor;
using UniBench.Monitor.Loading;
using UniBench.Workloads;

namespace UniBench.Fuzz;

/// <summary>Damaged programs: read and rewritten, and one of them made an image and run, with a damaged dynamic linker or library in turn.</summary>
internal sealed class ProgramSubject(string machine, string folder) : ISubject
{
    private const int ReadOnly = 10;
    private const string Linker = "lib64/ld-linux-x86-64.so.2", Library = "lib/x86_64-linux-gnu/libc.so.6", Dynamic = "bin/true";
    private static readonly string[] Statics = ["programs/hello", "programs/pipe_pingpong", "engine/operations", "conformance/exec_script"];
    private readonly UnikernelHost host = Engines.Open(machine);
    private readonly string tree = Path.Combine(folder, "tree");
    private readonly (string Name, byte[] Bytes)[] dynamics =
        [.. new[] { Dynamic, Linker, Library }.Where(f => File.Exists("/" + f)).Select(f => (f, File.ReadAllBytes("/" + f)))];

    private readonly byte[][] statics = [.. Statics.Select(Repository.Built).Where(File.Exists).Select(File.ReadAllBytes)];

    public Tried Try(ulong seed)
    {
        Random random = new((int)(seed % int.MaxValue));
        for (int i = 0; i < ReadOnly; i++)
        {
            Read(ElfMutator.Mutate(random.Next(2) == 0 && dynamics.Length > 0 ? dynamics[random.Next(dynamics.Length)].Bytes : statics[random.Next(statics.Length)], random));
        }

        return new Tried(ReadOnly + 1, RunOne(random));
    }

    private static void Read(byte[] file)
    {
        try
        {
            ElfFile elf = ElfFile.Parse(file);
            elf.Symbolize(elf.Entry);
            RewriteRequest request = RewriteRequest.For(elf, 0, 0x10000000, 0);
            foreach (CodePatch patch in SyscallRewriter.Rewrite(request).Patches)
            {
                if (!request.Code.Any(c => c.Contains(patch.Address) && c.Contains(patch.Address + (ulong)patch.Bytes.Length - 1)))
                {
                    throw new InvalidOperationException($"a patch at 0x{patch.Address:x} lies outside of the code");
                }
            }
        }
        catch (ElfException)
        {
            // refused, as it may be
        }
    }

    /// <summary>Runs a damaged program to whatever end.</summary>
    private string? RunOne(Random random)
    {
        PrivateDirectory.Remove(tree);
        int damaged = random.Next(dynamics.Length + 1) - 1; // -1: a static one
        if (damaged < 0)
        {
            Write(Dynamic, ElfMutator.Mutate(statics[random.Next(statics.Length)], random));
        }
        else
        {
            for (int i = 0; i < dynamics.Length; i++)
            {
                Write(dynamics[i].Name, i == damaged ? ElfMutator.Mutate(dynamics[i].Bytes, random) : dynamics[i].Bytes);
            }
        }

        int nothing = HostIo.OpenNothing();
        try
        {
            FamilyResult result = host.Run(
                new FamilySpec
                {
                    Stages = [new ProcessSpec(Path.Combine(tree, Dynamic), ["true", "x"])],
                    Stdin = nothing,
                    Stdout = nothing,
                    Stderr = nothing,
                    MemoryBytes = 32 << 20,
                    MaxProcesses = 20,
                    Mounts = [new Mount(tree, "/", false)],
                    Timeout = TimeSpan.FromMilliseconds(500),
                },
                CancellationToken.None);
            return Engines.FaultOf(result);
        }
        catch (EngineException)
        {
            return null; // refused, as it may be
        }
        finally
        {
            HostIo.Close(nothing);
        }
    }

    private void Write(string name, byte[] bytes)
    {
        string path = Path.Combine(tree, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => host.Dispose();
}
