using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Files;
using UniBench.Tests.Conformance;
using UniBench.Workloads;

namespace UniBench.Tests.Files;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FileTreeTests : IDisposable
{
    private const int ReadOnly = 0, PathOnly = 0x200000;
    private readonly FreshDirectory host = new();
    private readonly string root, data;
    private readonly FileTree tree;

    /// <summary>Two granted directories beside one that is not.</summary>
    public FileTreeTests()
    {
        (root, data) = (Path.Combine(host.Path, "root"), Path.Combine(host.Path, "data"));
        foreach (string directory in (string[])["root/a/b", "root/etc", "root/mnt/data", "data/deep/er", "secret"])
        {
            Directory.CreateDirectory(Path.Combine(host.Path, directory));
        }

        Write("root/a/b/file", "of root");
        Write("root/etc/name", "root's name");
        Write("data/file", "of data");
        Write("secret/file", "not granted");
        tree = new FileTree([new Mount(root, "/", true), new Mount(data, "/mnt/data", false)]);
    }

    public void Dispose()
    {
        tree.Dispose();
        host.Dispose();
    }

    [TestCase("/a/b/file", "of root")]
    [TestCase("/mnt/data/file", "of data")]
    [TestCase("//a/./b//file", "of root")]
    [TestCase("/a/b/../b/file", "of root")]
    [TestCase("/mnt/data/deep/../file", "of data")]
    [TestCase("/mnt/data/../../a/b/file", "of root")]
    [TestCase("/../../../a/b/file", "of root")]
    public void A_path_leads_to_the_file_of_the_mount_it_lies_in(string path, string content) => Assert.That(Read(path), Is.EqualTo(content));

    [Test]
    public void A_relative_path_starts_from_the_directory() => Assert.That(Read("../b/file", from: "/a/b"), Is.EqualTo("of root"));

    [TestCase("/a/missing/../b/file", Errno.ENOENT)]
    [TestCase("/a/b/file/../file", Errno.ENOTDIR)]
    [TestCase("/a/b/file/.", Errno.ENOTDIR)]
    [TestCase("/a/b/file/", Errno.ENOTDIR)]
    [TestCase("/a/b/file/x", Errno.ENOTDIR)]
    [TestCase("/missing", Errno.ENOENT)]
    [TestCase("/mnt/data/missing/file", Errno.ENOENT)]
    public void What_is_not_on_the_way_is_refused_as_Linux_refuses_it(string path, int errno) => Assert.That(Read(path), Is.EqualTo(Errno.Name(errno)));

    [Test]
    public void A_name_has_255_bytes_at_most()
    {
        Assert.That(tree.Walk(NoSpecialFiles.Instance, "/" + new string('x', 255), true, out _), Is.Zero);
        Assert.That(tree.Walk(NoSpecialFiles.Instance, "/" + new string('x', 256), true, out _), Is.EqualTo(Errno.ENAMETOOLONG));
    }

    [TestCase("b/file", "of root", TestName = "A_relative_link_leads_on_from_where_it_lies")]
    [TestCase("/etc/name", "root's name", TestName = "An_absolute_link_starts_at_the_guests_root")]
    [TestCase("../mnt/data/file", "of data", TestName = "A_link_leads_into_another_mount")]
    [TestCase("../../../../../../etc/name", "root's name", TestName = "Nothing_is_above_the_root_for_a_link")]
    [TestCase("b", "EISDIR", TestName = "A_link_to_a_directory_is_one")]
    [TestCase("nowhere", "ENOENT", TestName = "A_link_to_nothing_leads_nowhere")]
    [TestCase("b/file/", "ENOTDIR", TestName = "A_link_whose_target_ends_with_a_slash_leads_to_directories_only")]
    [TestCase("../../secret/file", "ENOENT", TestName = "A_link_that_leads_out_of_a_mount_on_the_host_does_not_here")]
    public void A_link_is_followed_through_the_guests_tree(string target, string content)
    {
        Link("root/a/link", target);
        Assert.That(Read("/a/link"), Is.EqualTo(content));
    }

    [Test]
    public void A_link_to_a_path_of_the_host_leads_nowhere()
    {
        Link("data/out", Path.Combine(host.Path, "secret"));
        Assert.That((Read("/mnt/data/out/file"), Read("/mnt/data/out")), Is.EqualTo(("ENOENT", "ENOENT")));
    }

    [Test]
    public void Dot_dot_behind_a_link_is_the_parent_of_where_it_leads()
    {
        Link("root/short", "/mnt/data/deep/er");
        Assert.That(Read("/short/../../file"), Is.EqualTo("of data"));
    }

    [Test]
    public void The_last_link_is_followed_only_on_demand_but_always_before_a_slash()
    {
        Link("root/link", "a");
        Assert.That((Where("/link", false), Where("/link", true), Where("/link/", false), Where("/link/b", false)), Is.EqualTo(("/link", "/a", "/a/", "/a/b")));
    }

    [TestCase(40, 0)]
    [TestCase(41, Errno.ELOOP)]
    public void As_many_links_are_followed_as_Linux_follows(int links, int errno)
    {
        for (int i = 1; i < links; i++)
        {
            Link($"root/l{i}", $"l{i + 1}");
        }

        Link($"root/l{links}", "/a/b/file");
        Assert.That(tree.Walk(NoSpecialFiles.Instance, "/l1", true, out _), Is.EqualTo(errno));
    }

    [Test]
    public void Links_in_a_circle_are_ELOOP()
    {
        Link("root/x", "y");
        Link("root/y", "/x");
        Assert.That(Read("/x/file"), Is.EqualTo("ELOOP"));
    }

    [Test]
    public void Of_a_file_that_is_mounted_nothing_beside_it_is_seen()
    {
        using FileTree one = new([new Mount(Path.Combine(host.Path, "secret/file"), "/etc/secret", false)]);
        Write("secret/fileX", "beside");
        Assert.Multiple(() =>
        {
            Assert.That(Read("/etc/secret", one), Is.EqualTo("not granted"));
            Assert.That(Read("/etc/secretX", one), Is.EqualTo("ENOENT"));
            Assert.That(Read("/etc/secret/../file", one), Is.EqualTo("ENOTDIR"));
            Assert.That(Read("/etc/secret/fileX", one), Is.EqualTo("ENOTDIR"));
            Assert.That(Read("/etc/file", one), Is.EqualTo("ENOENT"));
        });
    }

    [Test]
    public void A_family_without_a_root_finds_its_mount_points_in_an_empty_one()
    {
        using FileTree few = new([new Mount(data, "/srv/data", false)]);
        Assert.Multiple(() =>
        {
            Assert.That(Read("/srv/../srv/data/file", few), Is.EqualTo("of data"));
            Assert.That(Read("/", few), Is.EqualTo("EISDIR"));
            Assert.That(Read("/etc/passwd", few), Is.EqualTo("ENOENT"));
            Assert.That(few.Inspect(NoSpecialFiles.Instance, "/srv"), Is.EqualTo(EntryKind.Directory));
        });
    }

    [Test]
    public void What_was_mounted_on_purpose_comes_before_the_special_files_and_those_before_the_root()
    {
        Directory.CreateDirectory(Path.Combine(root, "dev"));
        Write("root/dev/null", "a file of the root");
        using FileTree both = new([new Mount(root, "/", true), new Mount(data, "/dev/data", false)]);
        Assert.Multiple(() =>
        {
            Assert.That(Special("/dev/null"), Is.TypeOf<SpecialFile.Text>());
            Assert.That(Special("/dev/"), Is.TypeOf<SpecialFile.Directory>());
            Assert.That(Special("/dev/link"), Is.TypeOf<SpecialFile.Text>(), "it leads to /dev/null");
            Assert.That(both.At(new Devices(), "/", "/dev/missing", true, _ => 0), Is.EqualTo(-Errno.ENOENT));
            Assert.That(Read("/dev/data/file", both, new Devices()), Is.EqualTo("of data"));
        });

        SpecialFile? Special(string path)
        {
            SpecialFile? found = null;
            both.At(new Devices(), "/", path, true, place => (found = place.Special) is null ? 1 : 0);
            return found;
        }
    }

    [Test]
    public void A_directory_that_becomes_a_link_while_a_path_is_used_leads_through_the_guests_tree_too()
    {
        int looks = 0;
        long opened = tree.At(NoSpecialFiles.Instance, "/", "/a/b/file", true, place =>
        {
            if (looks++ == 0)
            {
                Directory.Move(Path.Combine(root, "a/b"), Path.Combine(root, "moved"));
                Link("root/a/b", "../../secret");
            }

            return HostCall.OpenStrictly(place.Mount!.Directory, place.Name, ReadOnly, 0);
        });
        Assert.That((looks, opened), Is.EqualTo((1, -Errno.ENOENT)), "the link leads to /secret, which is not there");
    }

    [Test]
    public void A_directory_that_is_moved_out_of_the_mount_takes_nobody_with_it()
    {
        long opened = tree.At(NoSpecialFiles.Instance, "/", "/a/b/../../etc/name", true, place =>
        {
            Directory.Move(Path.Combine(root, "a"), Path.Combine(host.Path, "secret/a"));
            return HostCall.OpenStrictly(place.Mount!.Directory, place.Name, ReadOnly, 0);
        });
        Assert.That(opened, Is.Positive, "the walk was over");
        HostIo.Close((int)opened);
        Assert.That(Read("/a/b/../../etc/name"), Is.EqualTo("ENOENT"));
    }

    [Test]
    public void No_path_leaves_a_mount()
    {
        Random random = new(4711);
        string[] names = ["a", "b", "file", "mnt", "data", "deep", "er", "etc", "secret", "root", "..", "..", "..", ".", "", "l0", "l1", "l2", "l3", "l4", "l5"];
        string[] granted = [root, data];
        int found = 0;
        for (int round = 0; round < 30; round++)
        {
            for (int i = 0; i < 6; i++)
            {
                foreach (string at in (string[])["root", "root/a", "data", "data/deep"])
                {
                    File.Delete(Path.Combine(host.Path, at, $"l{i}"));
                    Link($"{at}/l{i}", (random.Next(3) == 0 ? "/" : string.Empty) + Some());
                }
            }

            for (int i = 0; i < 100; i++)
            {
                string path = "/" + Some();
                tree.At(NoSpecialFiles.Instance, "/", path, true, place =>
                {
                    int opened = HostCall.OpenStrictly(place.Mount!.Directory, place.Name, PathOnly, 0);
                    if (opened >= 0)
                    {
                        string real = PathText.ToHost(PathText.Of(HostIo.NameOf(opened)));
                        HostIo.Close(opened);
                        Assert.That(granted.Any(g => real == g || real.StartsWith(g + "/", StringComparison.Ordinal)), $"{path} leads to {real}");
                        found++;
                    }

                    return opened;
                });
            }
        }

        Assert.That(found, Is.GreaterThan(300), "paths that lead somewhere");

        string Some()
        {
            string path = string.Join('/', Enumerable.Range(0, random.Next(1, 7)).Select(_ => names[random.Next(names.Length)]));
            return path.Length == 0 ? "." : path;
        }
    }

    private void Write(string path, string content) => File.WriteAllText(Path.Combine(host.Path, path), content);

    private void Link(string path, string target) => File.CreateSymbolicLink(Path.Combine(host.Path, path), target);

    private string Where(string path, bool follow) => tree.Walk(NoSpecialFiles.Instance, path, follow, out Place? place) is var errno and not 0 ? Errno.Name(errno) : place!.Full;

    private string Read(string path, FileTree? of = null, ISpecialFiles? specials = null, string from = "/")
    {
        string content = string.Empty;
        long result = (of ?? tree).At(specials ?? NoSpecialFiles.Instance, from, path, true, place =>
        {
            int descriptor = HostCall.OpenStrictly(place.Mount!.Directory, place.Name, ReadOnly, 0);
            if (descriptor < 0)
            {
                return descriptor;
            }

            bool isDirectory = HostEntry.Of(descriptor)!.Value.IsDirectory;
            content = System.Text.Encoding.ASCII.GetString(HostIo.ReadAll(descriptor, 100));
            HostIo.Close(descriptor);
            return isDirectory ? -Errno.EISDIR : 0;
        });
        return result < 0 ? Errno.Name((int)-result) : content;
    }

    /// <summary>/dev with a file and a link to it.</summary>
    private sealed class Devices : ISpecialFiles
    {
        public bool Owns(string path) => path == "/dev" || path.StartsWith("/dev/", StringComparison.Ordinal);

        public SpecialFile? Find(string path) => path switch
        {
            "/dev" => new SpecialFile.Directory(() => ["null", "link"], _ => null),
            "/dev/null" => new SpecialFile.Text(() => "special"),
            "/dev/link" => new SpecialFile.Link("null"),
            _ => null,
        };
    }
}
