using UniBench.Host;
using UniBench.Monitor.Calls;
using UniBench.Monitor.Files;
using UniBench.Monitor.Processes;
using UniBench.Workloads;

namespace UniBench.Monitor.Families;

/// <summary>Which file an exec means: a program or script in the family's tree, or the caller's own program, which every family may run again.</summary>
internal sealed class ProgramResolver(Family family)
{
    private const int MostScripts = 5;
    private const int Read = 4;

    /// <param name="directory">Handle that a relative path starts from, or Cwd.</param>
    /// <returns>0, or errno when <paramref name="program"/> is null.</returns>
    public int Resolve(GuestProcess caller, ExecRequest request, ulong directory, int flags, out ResolvedProgram? program)
    {
        program = null;
        for (int depth = 0; depth <= MostScripts; depth++)
        {
            if (IsOwn(caller, request.Path))
            {
                program = new ResolvedProgram(caller.Vm.Program!, caller.ProgramPath, request, 0, 0, 0, IsReadable: true, File: null);
                return 0;
            }

            int descriptor = caller.Paths.OpenProgram(request.Path, directory, flags, out string path);
            if (descriptor < 0)
            {
                return -descriptor;
            }

            try
            {
                HostEntry entry = HostEntry.Of(descriptor) ?? default;
                if (caller.Processes.IsWritten((entry.Device, entry.Inode)))
                {
                    return Errno.ETXTBSY;
                }

                byte[] start = HostIo.ReadAll(descriptor, Math.Min(entry.Size, ScriptLine.Longest));
                if (ScriptLine.IsScript(start))
                {
                    if ((flags & Abi.GuestLayout.ExecCloses) != 0)
                    {
                        return Errno.ENOENT;
                    }

                    if (Interpret(start, request, path) is not { } script)
                    {
                        return Errno.ENOEXEC;
                    }

                    (request, directory, flags) = (script, Abi.GuestLayout.Cwd, 0);
                    continue;
                }

                if (start is not [0x7f, (byte)'E', (byte)'L', (byte)'F', ..])
                {
                    return Errno.ENOEXEC;
                }

                Memory.ProgramImage image =
                    family.Host.Images.Get(PathText.ToHost(path), descriptor, entry, family.ProgramBudget, i => caller.Paths.OpenProgram(PathText.OfHost(i), Abi.GuestLayout.Cwd, 0, out _));
                if (!family.HasRoomFor(image))
                {
                    family.LimitHit($"exec: {path} needs {image.FramesEnd >> 20} MB and more (--memory)");
                    return Errno.ENOMEM;
                }

                program = new ResolvedProgram(
                    image, PathText.ToHost(path), request, SetIdsOf(caller, descriptor, entry, path), entry.Owner, entry.Group, PathCalls.MayAccess(descriptor, Read), (entry.Device, entry.Inode));
                return 0;
            }
            catch (EngineException e)
            {
                family.LimitHit($"exec: {e.Message}");
                return e.InnerException is Loading.ProgramSizeException ? Errno.ENOMEM : e.InnerException is Loading.ElfException || !e.Message.Contains("dynamically linked", StringComparison.Ordinal) ? Errno.ENOEXEC : Errno.ENOENT;
            }
            finally
            {
                HostIo.Close(descriptor);
            }
        }

        return Errno.ELOOP;
    }

    private static bool IsOwn(GuestProcess caller, string path) =>
        path == "/proc/self/exe" || (PathText.ToHost(path) == caller.ProgramPath && caller.IsFirstProgram);

    /// <summary>The mode with the set-ID bits that have an effect. They need a UniBench that can act as others; where it cannot, the summary says so.</summary>
    private uint SetIdsOf(GuestProcess caller, int descriptor, HostEntry entry, string path)
    {
        const uint SetUser = 0x800, SetGroup = 0x400, OfGroup = 8;
        bool setsUser = (entry.Mode & SetUser) != 0, setsGroup = (entry.Mode & (SetGroup | OfGroup)) == (SetGroup | OfGroup);
        Credentials who = caller.Credentials;
        if (who.Users.Effective != 0 && !who.NoNewPrivileges && HasCapabilities(caller, descriptor))
        {
            family.LimitHit($"capabilities: {PathText.ToHost(path)} has some of its own, which a process of UniBench does not get; it runs with those of its caller");
        }

        bool changes = (setsUser && entry.Owner != who.Users.Effective) || (setsGroup && entry.Group != who.Groups.Effective);
        if (!changes || who.NoNewPrivileges || HostIo.IgnoresSetIds(descriptor))
        {
            return entry.Mode & ~(SetUser | SetGroup);
        }

        if (!HostUser.Own.CanBeOthers)
        {
            family.LimitHit($"set-user-ID: {PathText.ToHost(path)} would run as {(setsUser ? $"user {entry.Owner}" : $"group {entry.Group}")}; it runs as its caller, because who runs UniBench cannot be others (root can)");
            return entry.Mode & ~(SetUser | SetGroup);
        }

        return entry.Mode;
    }

    private static bool HasCapabilities(GuestProcess caller, int descriptor)
    {
        return HostCall.OnAttribute(LinuxCall.Getxattr, PathText.ToKernel(FormattableString.Invariant($"/proc/self/fd/{descriptor}")), "security.capability\0"u8, caller.Vm.Bounce.Slice(0, 0), 0) > 0;
    }

    /// <summary>A script: its interpreter runs, with at most one argument and the script's path before the script's own arguments.</summary>
    private static ExecRequest? Interpret(byte[] start, ExecRequest request, string path)
    {
        if (ScriptLine.Read(start) is not { } line)
        {
            return null;
        }

        string script = request.Path.Length > 0 ? request.Path : path;
        List<byte[]> arguments = [Bytes(line.Interpreter)];
        if (line.Argument is { } argument)
        {
            arguments.Add(Bytes(argument));
        }

        arguments.Add(Bytes(script));
        arguments.AddRange(request.Arguments.Skip(1));
        return request with { Path = line.Interpreter, Arguments = arguments };

        static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);
    }
}
