using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;
using UniBench.Backends;
using UniBench.Cli.Comparing;
using UniBench.Measure.Comparing;
using UniBench.Workbench;
using UniBench.Workloads;

namespace UniBench.Cli.Commands;

/// <summary>Options whose values are not plain numbers or words.</summary>
internal static class Options
{
    /// <summary>An option read by a function that throws <see cref="FormatException"/> on what it cannot read.</summary>
    public static Option<T?> Of<T>(string name, string description, string helpName, Func<string, T> parse) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            try
            {
                return parse(result.Tokens.Single().Value);
            }
            catch (FormatException e)
            {
                result.AddError($"{name}: {e.Message}");
                return default;
            }
        },
    };

    /// <summary>How sure a verdict has to be.</summary>
    public static Option<double?> Alpha() => Of<double?>(
        "--alpha", "How often chance alone may call a difference: intervals have 1 - alpha; 1% by default. Refused where the rounds cannot reach it.", "PERCENT", t => Percentage.ParseAlpha(t));

    /// <exception cref="UsageException">An alpha was asked for, and the rounds are too few for it.</exception>
    public static void CheckReachable(double? alpha, int rounds, Func<double, int> least)
    {
        if (alpha is { } asked && rounds < least(1 - asked))
        {
            throw new UsageException(FormattableString.Invariant(
                $"--alpha {asked * 100:0.####}%: no interval over {rounds} rounds can be so sure; it takes {least(1 - asked)} rounds at least"));
        }
    }

    /// <summary>Offers a shell these values instead of those that the option's type suggests.</summary>
    public static Option<T> Offering<T>(this Option<T> option, params IEnumerable<string> values)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. values]);
        return option;
    }

    /// <summary>Offers a shell these values, one behind the other with commas.</summary>
    public static Option<T> OfferingList<T>(this Option<T> option, params IEnumerable<string> values)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(context =>
        {
            string before = context.WordToComplete[..(context.WordToComplete.LastIndexOf(',') + 1)];
            return values.Select(v => new CompletionItem(before + v));
        });
        return option;
    }

    /// <summary>In what two runs may differ and still be compared.</summary>
    public static Option<IReadOnlyList<string>?> Despite() => Of(
        "--despite", $"Compare although the runs differ in these: {string.Join(", ", Comparability.Aspects)}.", "LIST", ComparableRuns.ParseAspects)
        .OfferingList(Comparability.Aspects);

    /// <summary>Backends by name.</summary>
    public static Option<IReadOnlyList<string>?> Backends(string description) => Of<IReadOnlyList<string>>("--backends", description, "LIST", ParseBackends).OfferingList(BackendRegistry.Names);

    /// <summary>What gives an exit status other than 0.</summary>
    /// <param name="byDefault">In words.</param>
    public static Option<FailOn?> FailOn(string byDefault) => Of<FailOn?>(
        "--fail-on", $"What fails: regression (10), inconclusive (11), missing (5), nothing; {byDefault} by default.", "LIST", Comparing.FailOn.Parse)
        .OfferingList("regression", "inconclusive", "missing", "nothing");

    /// <summary>How processes on our engine wait for each other.</summary>
    public static Option<SpinPolicy> Spin()
    {
        Option<SpinPolicy> option = new("--spin")
        {
            Description = $"How a process of {string.Join(" or ", BackendRegistry.Engines)} waits for another: auto spins while that pays, never sleeps at once, always spins first.",
            HelpName = "auto|never|always",
            CustomParser = result => result.Tokens.Single().Value switch
            {
                "auto" => SpinPolicy.Auto,
                "never" => SpinPolicy.Never,
                "always" => SpinPolicy.Always,
                string other => Wrong(result, $"--spin: '{other}' is not one of auto, never, always"),
            },
        };
        return option.Offering("auto", "never", "always");

        static SpinPolicy Wrong(ArgumentResult result, string message)
        {
            result.AddError(message);
            return default;
        }
    }

    /// <summary>For debugging: threads that serve guests may make any system call.</summary>
    public static Option<bool> NoSeccomp() => new("--no-seccomp")
    {
        Description = $"Leave the seccomp filter off the monitor's threads that serve guests ({string.Join(", ", BackendRegistry.Engines)}): for debugging. A sandboxed process keeps its own.",
    };

    /// <summary>Any whole number.</summary>
    public static Option<long?> Whole(string name, string description) => Of<long?>(
        name, description, "N", t => long.TryParse(t, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : throw new FormatException($"'{t}' is not a whole number"));

    /// <summary>A whole number that is not below <paramref name="least"/>.</summary>
    public static Option<int?> Count(string name, string description, int least)
    {
        Option<int?> option = new(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (Value(result) is { } text && (!int.TryParse(text, out int value) || value < least))
            {
                result.AddError($"{name}: '{text}' is not a whole number from {least} on");
            }
        });
        return option;
    }

    /// <summary>Names of backends, checked.</summary>
    /// <exception cref="FormatException">There is no such backend.</exception>
    private static string[] ParseBackends(string text)
    {
        string[] names = [.. text.Split(',', StringSplitOptions.TrimEntries).Distinct()];
        string? unknown = names.FirstOrDefault(n => !BackendRegistry.Names.Contains(n));
        return unknown is null ? names : throw new FormatException($"no backend is called '{unknown}'{DidYouMean.Question(unknown, BackendRegistry.Names)}: {string.Join(", ", BackendRegistry.Names)}");
    }

    /// <summary>A list of files takes a mistyped option for one of them; not here.</summary>
    public static Argument<string[]> Files(string name, string description, ArgumentArity arity)
    {
        Argument<string[]> files = new(name) { Description = description, Arity = arity };
        files.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(t => t.Value.StartsWith('-')))
            {
                result.AddError($"there is no option {token.Value}");
            }
        });
        return files;
    }

    private static string? Value(OptionResult result) => result.Tokens.Count > 0 ? result.Tokens[0].Value : null;
}
