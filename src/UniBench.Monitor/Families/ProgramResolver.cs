using UniBench.Host;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Families;

/// <summary>Which file an exec means: a program or script in the family's tree, or the caller's own program, which every family may run again.</summary>
internal sealed class ProgramResolver(Family family)
{
    private const int MostScripts = 5;
    private const int ScriptLine = 255;
    private const int EmptyPath = 0x1000;
    private const int FaccessAt2 = 439;
    private const int Execute = 1;

    /// <param name="directory">Handle that a relative path starts from, or Cwd.</param>
    /// <returns>0, or errno when <paramref name="program"/> is null.</returns>
    public int Resolve(GuestProcess caller, ExecRequest request, ulong directory, int flags, out ResolvedProgram? program)
    {
        program = null;
        for (int depth = 0; depth <= MostScripts; depth++)
        {
            if (IsOwn(caller, request.Path))
            {
                program = new ResolvedProgram(caller.Vm.Program!, caller.ProgramPath, request);
                return 0;
            }

            int descriptor = caller.OpenProgram(request.Path, directory, flags, out string path);
            if (descriptor < 0)
            {
                return -descriptor;
            }

            try
            {
                int errno = Check(descriptor, out HostEntry entry);
                if (errno != 0)
                {
                    return errno;
                }

                byte[] start = HostIo.ReadAll(descriptor, Math.Min(entry.Size, ScriptLine));
                if (start is [(byte)'#', (byte)'!', ..])
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

                program = new ResolvedProgram(
                    family.Host.Images.Get(PathText.ToHost(path), descriptor, entry, i => caller.OpenProgram(PathText.OfHost(i), Abi.GuestLayout.Cwd, 0, out _)), PathText.ToHost(path), request);
                return 0;
            }
            catch (EngineException e)
            {
                family.LimitHit($"exec: {e.Message}");
                return e.InnerException is Loading.ElfException || !e.Message.Contains("dynamically linked", StringComparison.Ordinal) ? Errno.ENOEXEC : Errno.ENOENT;
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

    private static int Check(int descriptor, out HostEntry entry)
    {
        entry = HostEntry.Of(descriptor) ?? default;
        return entry.IsRegular && HostCall.OnPath(FaccessAt2, descriptor, [0], Execute, EmptyPath) == 0 ? 0 : Errno.EACCES;
    }

    /// <summary>A script: its interpreter runs, with at most one argument and the script's path before the script's own arguments.</summary>
    private static ExecRequest? Interpret(byte[] start, ExecRequest request, string path)
    {
        int end = Array.IndexOf(start, (byte)'\n');
        string line = PathText.Of(start.AsSpan(2, (end < 0 ? start.Length : end) - 2)).Trim(' ', '\t', '\0');
        int cut = line.AsSpan().IndexOfAny(' ', '\t');
        string interpreter = cut < 0 ? line : line[..cut];
        if (interpreter.Length == 0 || (end < 0 && start.Length == ScriptLine && cut < 0))
        {
            return null;
        }

        string script = request.Path.Length > 0 ? request.Path : path;
        List<byte[]> arguments = [Bytes(interpreter)];
        if (cut >= 0)
        {
            arguments.Add(Bytes(line[cut..].Trim(' ', '\t')));
        }

        arguments.Add(Bytes(script));
        arguments.AddRange(request.Arguments.Skip(1));
        return request with { Path = interpreter, Arguments = arguments };

        static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);
    }
}
