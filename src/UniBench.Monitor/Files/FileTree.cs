using UniBench.Host;
using UniBench.Workloads;

namespace UniBench.Monitor.Files;

/// <summary>The files that a family was granted: mounts joined into one tree, with /dev and /proc of our own.</summary>
/// <remarks>
/// Every host call gets a name without `..` and is resolved with openat2 beneath a mount without following symbolic links:
/// links and `..` are resolved here, name by name, so that they lead through the guest's tree and never out of it.
/// </remarks>
internal sealed class FileTree : IDisposable
{
    private const int MostLinks = 40;
    private const string SharedMemory = "/dev/shm";
    private const string Temporary = "/tmp";
    private readonly List<MountPoint> mounts;
    private readonly Lazy<Skeleton> skeleton;
    private readonly Lazy<PrivateFiles> sharedMemory;
    private readonly Lazy<PrivateFiles> temporary;

    /// <exception cref="EngineException">A mount cannot be opened.</exception>
    public FileTree(IReadOnlyList<Mount> mounts)
    {
        this.mounts = [.. mounts.Select(MountPoint.Open).OrderByDescending(m => m.GuestPath.Length)];
        string[] points = [.. this.mounts.Select(m => m.GuestPath)];
        skeleton = new Lazy<Skeleton>(() => HostIdentity.AsOwn(() => new Skeleton(points)));
        sharedMemory = new Lazy<PrivateFiles>(() => HostIdentity.AsOwn(() => new PrivateFiles(SharedMemory, points)));
        temporary = new Lazy<PrivateFiles>(() => HostIdentity.AsOwn(() => new PrivateFiles(Temporary, points)));
    }

    /// <summary>Does something at a path; tries first without looking for links.</summary>
    /// <param name="specials">Files beside the mounts, as the calling process sees them.</param>
    /// <param name="directory">Absolute path that a relative one starts from.</param>
    /// <param name="follow">Whether a link at the end of the path is followed.</param>
    /// <param name="action">Returns -ELOOP when a link was in the way.</param>
    /// <param name="root">What an absolute path and an absolute link start from, and `..` does not leave.</param>
    public long At(ISpecialFiles specials, string directory, string path, bool follow, Func<Place, long> action, string root = "/")
    {
        string full = path.StartsWith('/') && root != "/" ? root + path : PathText.Join(directory, path);
        if (!NeedsWalk(full))
        {
            string plain = Plain(full);
            if (Find(specials, plain) is { Special: null or not SpecialFile.Link } place)
            {
                long result = action(place);
                if (result != -Errno.ELOOP)
                {
                    return result;
                }
            }
        }

        int errno = Walk(specials, directory, path, follow, resolve: 0, out Place? found, root);
        return errno == 0 ? action(found!) : -errno;
    }

    /// <summary>Resolves `..` and links; what is not there may only be the last name.</summary>
    /// <returns>0 or errno.</returns>
    public int Walk(ISpecialFiles specials, string path, bool follow, out Place? place) => Walk(specials, "/", path, follow, resolve: 0, out place);

    /// <summary>The same from a directory on, which is reached already, as openat2(2) restricts it.</summary>
    /// <param name="resolve">RESOLVE_* flags.</param>
    /// <param name="root">As <see cref="At"/> has it.</param>
    public int Walk(ISpecialFiles specials, string directory, string path, bool follow, int resolve, out Place? place, string root = "/")
    {
        const int SameMount = 1, NoMagicLinks = 2, NoLinks = 4, Beneath = 8, InRoot = 16;
        place = null;
        Stack<string> ahead = new(path.Split('/').Reverse());
        List<string> done = Parts(directory);
        bool isWithin = (resolve & (Beneath | InRoot)) != 0;
        List<string> top = isWithin ? [.. done] : Parts(root);
        Place? start = (resolve & SameMount) != 0 ? Find(specials, Text(path.StartsWith('/') ? top : done)) : null;
        if (path.StartsWith('/'))
        {
            if ((resolve & Beneath) != 0)
            {
                return Errno.EXDEV;
            }

            done = [.. top];
        }

        int links = 0;
        bool slash = false; // at the end, of the path or of the last link's target
        while (ahead.TryPop(out string? name))
        {
            slash = name.Length == 0;
            if (slash)
            {
                continue;
            }

            if (name is "." or "..")
            {
                if (Inspect(specials, Text(done), out _) is var kind and not EntryKind.Directory)
                {
                    return kind == EntryKind.Missing ? Errno.ENOENT : Errno.ENOTDIR;
                }

                bool isTop = done.Count == top.Count && done.SequenceEqual(top);
                if (name == ".." && isTop && (resolve & Beneath) != 0)
                {
                    return Errno.EXDEV;
                }

                if (name == ".." && !isTop && done.Count > 0)
                {
                    done.RemoveAt(done.Count - 1);
                }

                continue;
            }

            if (name.Length > 255)
            {
                return Errno.ENAMETOOLONG;
            }

            done.Add(name);
            bool slashFollows = ahead.Count > 0, last = ahead.All(n => n.Length == 0);
            if (last && !slashFollows && !follow)
            {
                break;
            }

            switch (Inspect(specials, Text(done), out string? target, last && !slashFollows))
            {
                case EntryKind.Link when ++links > MostLinks:
                    return Errno.ELOOP;
                case EntryKind.Link when (resolve & NoLinks) != 0 || ((resolve & NoMagicLinks) != 0 && Find(specials, Text(done))?.Special is SpecialFile.Descriptor):
                    return Errno.ELOOP;
                case EntryKind.Link when (resolve & Beneath) != 0 && target!.StartsWith('/'):
                    return Errno.EXDEV;
                case EntryKind.Link:
                    done.RemoveAt(done.Count - 1);
                    if (target!.StartsWith('/'))
                    {
                        done = [.. top];
                    }

                    foreach (string part in target.Split('/').Reverse())
                    {
                        ahead.Push(part);
                    }

                    break;
                case EntryKind.Missing when !last:
                    return Errno.ENOENT;
                case EntryKind.Other when !last:
                    return Errno.ENOTDIR;
                case EntryKind.Forbidden:
                    return Errno.EACCES;
            }
        }

        place = Find(specials, Text(done) + (slash && done.Count > 0 ? "/" : string.Empty));
        return place is null ? Errno.ENOENT
            : follow && (resolve & (NoMagicLinks | NoLinks)) != 0 && place.Special is SpecialFile.Descriptor or SpecialFile.Program ? Errno.ELOOP
            : start is not null && (start.Mount != place.Mount || start.Special is null != place.Special is null) ? Errno.EXDEV
            : 0;
    }

    public void Dispose()
    {
        mounts.ForEach(m => m.Dispose());
        foreach (Lazy<PrivateFiles> own in (Lazy<PrivateFiles>[])[sharedMemory, temporary])
        {
            if (own.IsValueCreated)
            {
                own.Value.Dispose();
            }
        }

        if (skeleton.IsValueCreated)
        {
            skeleton.Value.Dispose();
        }
    }

    private static List<string> Parts(string path) => [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries)];

    private static string Text(List<string> parts) => "/" + string.Join('/', parts);

    private static bool NeedsWalk(string path) => path.Contains("/..", StringComparison.Ordinal) || path.EndsWith("/.", StringComparison.Ordinal);

    /// <summary>Without empty parts and `.` between.</summary>
    private static string Plain(string path)
    {
        if (!path.Contains("//", StringComparison.Ordinal) && !path.Contains("/./", StringComparison.Ordinal))
        {
            return path;
        }

        string plain = "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != "."));
        return path.EndsWith('/') && plain.Length > 1 ? plain + "/" : plain;
    }

    private Place? Find(ISpecialFiles specials, string full)
    {
        string bare = full.Length > 1 ? full.TrimEnd('/') : full;
        MountPoint? mount = mounts.Find(m => m.Covers(full));

        // What was mounted at or below /dev or /proc on purpose comes before what every family has there.
        if ((mount is null || mount.GuestPath.Length == 0) && specials.Owns(bare))
        {
            if (PrivateFiles.Covers(SharedMemory, bare))
            {
                return new Place(full, sharedMemory.Value.Mount, null);
            }

            return specials.Find(bare) is { } special ? new Place(full, null, special) : null;
        }

        return new Place(full, mount ?? (PrivateFiles.Covers(Temporary, bare) ? temporary.Value.Mount : skeleton.Value.Mount), null);
    }

    /// <summary>What a path without links in it leads to.</summary>
    public EntryKind Inspect(ISpecialFiles specials, string path) => Inspect(specials, path, out _);

    /// <param name="isLast">Nothing comes behind it: a descriptor stands for what is open.</param>
    private EntryKind Inspect(ISpecialFiles specials, string path, out string? target, bool isLast = false)
    {
        target = null;
        if (path == "/")
        {
            return EntryKind.Directory;
        }

        if (Find(specials, path) is not { } place)
        {
            return EntryKind.Missing;
        }

        if (place.Special is { } special)
        {
            target = (special as SpecialFile.Link)?.Target;
            if (special is SpecialFile.Descriptor { Open.Directory: { } directory })
            {
                target = directory;
                return isLast ? EntryKind.Other : EntryKind.Link;
            }

            return special is SpecialFile.Link ? EntryKind.Link : special is SpecialFile.Directory ? EntryKind.Directory : EntryKind.Other;
        }

        return HostEntry.Inspect(place.Mount!.Directory, place.Name, out target);
    }
}
