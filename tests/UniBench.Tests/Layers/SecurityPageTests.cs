using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Layers;

/// <summary>docs/security.md names a test for every promise.</summary>
[TestFixture]
internal sealed partial class SecurityPageTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(ConformancePrograms.Repository, "docs", "security.md"));

    [Test]
    public void Every_test_that_it_names_exists()
    {
        HashSet<string> tests = [.. typeof(SecurityPageTests).Assembly.GetTypes().SelectMany(t => t.GetMethods(), (t, m) => (t, m)).Where(x => IsTest(x.m)).Select(x => $"{x.t.Name}.{x.m.Name}")];
        string[] named = [.. Lines.SelectMany(l => Names().Matches(l)).Select(m => m.Groups[1].Value)];
        Assert.That(named, Has.Length.GreaterThan(20));
        Assert.That(named.Except(tests), Is.Empty);
    }

    [Test]
    public void Every_promise_names_a_test()
    {
        int start = Array.IndexOf(Lines, "## What is promised"), end = Array.IndexOf(Lines, "## What is not promised");
        string[] promises = [.. Lines[start..end].Where(l => l.StartsWith('|') && !l.StartsWith("| promise |", StringComparison.Ordinal) && !l.StartsWith("| ---", StringComparison.Ordinal))];
        Assert.That(promises, Is.Not.Empty.And.All.Matches<string>(p => Names().IsMatch(p.Split('|')[2])));
    }

    private static bool IsTest(MethodInfo method) => method.GetCustomAttributes().Any(a => a is ITestBuilder or ISimpleTestBuilder);

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex Names();
}
