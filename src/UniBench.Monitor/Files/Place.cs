namespace UniBench.Monitor.Files;

/// <summary>Where a path of a guest leads: a name beneath a mount, or one of the files that the monitor makes itself.</summary>
/// <param name="Full">The absolute path; a slash at its end means that it must be a directory.</param>
internal sealed record Place(string Full, MountPoint? Mount, SpecialFile? Special)
{
    /// <summary>NUL-terminated, from the mount's directory on.</summary>
    public byte[] Name => PathText.ToKernel(Mount!.Relative(Full));
}
