using Microsoft.Win32.SafeHandles;

namespace UniBench.Workbench.Running;

/// <summary>Standard input of one launch: a file of its own, at its start, gone when disposed; or nothing.</summary>
internal sealed class WorkloadInput : IDisposable
{
    private readonly SafeFileHandle? handle;

    public WorkloadInput(byte[]? content)
    {
        if (content is null)
        {
            return;
        }

        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllBytes(path, content);
        handle = File.OpenHandle(path);
        File.Delete(path); // the open descriptor keeps it
    }

    /// <summary>-1 when there is no input, as <see cref="UniBench.Workloads.LaunchRequest.Stdin"/> has it.</summary>
    public int Descriptor => handle is null ? -1 : (int)handle.DangerousGetHandle();

    public void Dispose() => handle?.Dispose();
}
