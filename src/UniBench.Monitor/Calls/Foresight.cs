using System.Runtime.InteropServices;
using System.Text;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Calls;

/// <summary>Answers to questions on paths that were not asked yet, along with the answer to one that was: an exit costs more than several of them.</summary>
/// <remarks>They are what the process itself would be told at this moment. foresight.c has until when they are good.</remarks>
internal sealed class Foresight(GuestProcess process) : CallModule(process)
{
    private const int MostAhead = 16;
    private const int TryAgain = 16; // one question in so many, where nothing was of use
    private const long Unknown = long.MinValue;
    private readonly List<PathQuestion> ahead = []; // what came along with the last answer
    private PathQuestion? lastAsked;
    private (string Program, IdSet Users, PathHistory Paths)? ownPaths;
    private int aheadMost = 2;
    private int asked;

    private PathHistory Paths
    {
        get
        {
            if (ownPaths is not { } known || known.Program != Process.ProgramPath || known.Users != Credentials.Users)
            {
                ownPaths = known = (Process.ProgramPath, Credentials.Users, Family.PathsOf(Process.ProgramPath, Credentials.Users));
                lastAsked = null;
            }

            return known.Paths;
        }
    }

    /// <summary>A call on a path is being answered: no others are yet.</summary>
    public void Begins() => Vm.Control.Foreseen = 0;

    /// <summary>A call on a path was answered; the path lay in the bounce buffer.</summary>
    public void Answered(LinuxCall call, ulong directory, string path, long a, long b, long result)
    {
        if (call is LinuxCall.Openat or LinuxCall.Newfstatat or LinuxCall.Faccessat2 or LinuxCall.Readlinkat && (directory == GuestLayout.Cwd || path.StartsWith('/')))
        {
            Foresee(new PathQuestion(call, a, b, path), result);
        }
        else
        {
            ForgetQuestions();
        }
    }

    /// <summary>What comes next follows nothing.</summary>
    public void ForgetQuestions()
    {
        lastAsked = null;
        ahead.Clear();
    }

    /// <summary>After a question was answered: learns what was asked, and answers what will be. The answer's data stay in the bounce buffer.</summary>
    private void Foresee(in PathQuestion question, long result)
    {
        const int AtMostData = 160; // struct stat
        PathHistory paths = Paths;
        uint used = Vm.Control.ForeseenUsed;
        Vm.Control.ForeseenUsed = 0;
        if ((used & GuestLayout.ForeseenAtOnce) != 0)
        {
            int of = (int)Math.Min(used & ~GuestLayout.ForeseenAtOnce, (uint)ahead.Count);
            aheadMost = of == ahead.Count ? Math.Min(aheadMost + Math.Max(1, of), MostAhead) : of * 2 < ahead.Count ? aheadMost / 2 : aheadMost;
            if ((of > 0 ? ahead[of - 1] : lastAsked) is { } before)
            {
                paths.Followed(before, question);
            }
        }
        else if (ahead.Count > 0)
        {
            aheadMost /= 2;
        }

        lastAsked = question;
        ahead.Clear();
        int most = aheadMost > 0 || ++asked % TryAgain != 0 ? aheadMost : 1;
        if (most == 0 || (question.Call == LinuxCall.Readlinkat && result > 0) || !paths.TryGetNext(question, out PathQuestion next))
        {
            return;
        }

        Span<byte> kept = stackalloc byte[AtMostData];
        Process.Paths.PathData.Span[..AtMostData].CopyTo(kept);
        int at = GuestLayout.PathAhead;
        do
        {
            long known = AnswerTo(next);
            if (known == Unknown || Put(next, known, at) is not (> 0 and int bytes))
            {
                break;
            }

            at += bytes;
            ahead.Add(next);
        }
        while (ahead.Count < most && paths.TryGetNext(next, out next));
        kept.CopyTo(Process.Paths.PathData.Span);
        Vm.Control.Foreseen |= (uint)ahead.Count;
    }

    /// <summary>What the process would be told now, as far as that changes nothing and needs nothing kept.</summary>
    private long AnswerTo(in PathQuestion question)
    {
        (LinuxCall call, long a, long b, string path) = question;
        PathCalls paths = Process.Paths;
        string from = paths.WorkingDirectory;
        bool follow = call switch { LinuxCall.Openat => (a & OpenFlags.Nofollow) == 0, LinuxCall.Readlinkat => false, _ => ((call == LinuxCall.Faccessat2 ? b : a) & AtFlags.SymlinkNofollow) == 0 };
        long result = call switch
        {
            LinuxCall.Newfstatat => paths.At(from, path, follow, p => p.Special is null ? paths.Status(p, follow) : Unknown),
            LinuxCall.Faccessat2 => PathText.Join(from, path) is var full && paths.Specials.Owns(full) ? Unknown : paths.CheckAccess(from, path, (int)a, (int)b),
            LinuxCall.Readlinkat => paths.At(from, path, false, p => p.Special is null ? paths.ReadLink(p) : Unknown),
            _ => paths.At(from, path, follow, p => p.Special is null ? PathCalls.OnFile(p, follow, false, _ => Unknown) : Unknown),
        };
        return call switch
        {
            LinuxCall.Openat => result is -Errno.ENOENT or -Errno.ENOTDIR ? result : Unknown,
            LinuxCall.Readlinkat => result < 0 ? result : Unknown,
            _ => result,
        };
    }

    /// <returns>How many bytes it takes; 0: there is no room.</returns>
    private int Put(in PathQuestion question, long result, int at)
    {
        int header = Marshal.SizeOf<Answer>(), path = (question.Path.Length + 8) & ~7, data = question.Call == LinuxCall.Newfstatat && result == 0 ? (HostIo.StatBytes + 7) & ~7 : 0;
        if (at + header + path + data > GuestLayout.BounceSize)
        {
            return 0;
        }

        Span<byte> to = Vm.Bounce.Span.Slice(at, header + path + data);
        to.Clear();
        MemoryMarshal.Write(to, new Answer
        {
            Result = result, A = (ulong)question.A, B = (ulong)question.B, Call = (uint)question.Call, PathBytes = (uint)path, DataBytes = (uint)data,
        });
        Encoding.Latin1.GetBytes(question.Path, to[header..]);
        if (data > 0)
        {
            Process.Paths.PathData.Span[..HostIo.StatBytes].CopyTo(to[(header + path)..]);
        }

        return to.Length;
    }
}
