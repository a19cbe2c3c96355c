using Microsoft.Win32.SafeHandles;
using UniBench.Monitor;
using UniBench.Workloads;

namespace UniBench.Tests.Conformance;

/// <summary>Runs a program as a unikernel, with its output in files.</summary>
internal static class UnikernelRun
{
    /// <param name="directory">The working directory, which it may write to.</param>
    public static Observation Run(UnikernelHost host, string directory, string path, params string[] arguments) =>
        Run(
            host,
            new FamilySpec
            {
                Stages = [new ProcessSpec(path, [path, .. arguments])],
                Mounts = [new Mount(directory, directory, true)],
                WorkingDirectory = directory,
            });

    /// <param name="spec">What to run; its descriptors and its time limit are set here.</param>
    public static Observation Run(UnikernelHost host, FamilySpec spec)
    {
        using SafeFileHandle nothing = File.OpenHandle("/dev/null");
        using SafeFileHandle output = OpenTemporary();
        using SafeFileHandle errors = OpenTemporary();
        FamilyResult result = host.Run(
            spec with
            {
                Stdin = Descriptor(nothing),
                Stdout = Descriptor(output),
                Stderr = Descriptor(errors),
                Timeout = TimeSpan.FromSeconds(40),
            },
            CancellationToken.None);
        string said = System.Text.Encoding.UTF8.GetString(ReadAll(errors));
        IEnumerable<string> notes = result.Crashes.Select(crash => crash.Text)
            .Concat(result.UnsupportedCalls.Select(call => $"ENOSYS: {call.Key} ({call.Value} times)"))
            .Concat(result.LimitsHit);
        var seen = new Observation(ReadAll(output), result.Stages[0], string.Join('\n', notes.Prepend(said)));
        return result.Outcome == FamilyOutcome.Completed
            ? seen
            : throw new TimeoutException($"{spec.Stages[0].Path} as a unikernel: {result.Outcome}\n{seen}");
    }

    private static SafeFileHandle OpenTemporary() =>
        File.OpenHandle(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, FileOptions.DeleteOnClose);

    // The handle outlives the run that borrows its descriptor: both callers dispose of it after Run has returned.
    private static int Descriptor(SafeFileHandle handle) => (int)handle.DangerousGetHandle();

    private static byte[] ReadAll(SafeFileHandle file)
    {
        byte[] bytes = new byte[RandomAccess.GetLength(file)];
        int read = RandomAccess.Read(file, bytes, 0);
        return read == bytes.Length ? bytes : bytes[..read];
    }
}
