using UniBench.Workbench.Running;

namespace UniBench.Workbench.Scripting;

/// <summary>Reads scenarios: compiles a script, lets it declare, asks it for the workload of every point.</summary>
/// <param name="cache">Compiled scripts; null compiles in any case.</param>
public sealed class ScenarioReader(ProgramCatalog programs, ParameterOverrides overrides, IReadOnlyList<string> arguments, ScenarioCache? cache)
{
    /// <summary>For scripts without arguments or other values of their parameters, compiled anew each time.</summary>
    public ScenarioReader()
        : this(ProgramCatalog.Shipped(), new ParameterOverrides([]), [], cache: null)
    {
    }

    /// <summary>Reads a script.</summary>
    /// <param name="cancellation">A script may loop for ever: its thread is then left behind and this returns.</param>
    /// <exception cref="ScenarioException">The script has an error; the message says file, line and what.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while the script was compiled or ran.</exception>
    public ScenarioPlan Read(string path, CancellationToken cancellation = default)
    {
        CheckExists(path);
        TaskCompletionSource<ScenarioPlan> plan = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() =>
        {
            try
            {
                plan.SetResult(Declare(path));
            }
            catch (Exception e)
            {
                // Whatever it is, it belongs to the caller's thread.
                plan.SetException(e);
            }
        })
        {
            IsBackground = true,
            Name = $"script {Path.GetFileName(path)}",
        };
        thread.Start();
        return plan.Task.WaitAsync(cancellation).GetAwaiter().GetResult();
    }

    /// <summary>The script compiled, and not run.</summary>
    /// <exception cref="ScenarioException">Compile errors.</exception>
    internal static CompiledScenario Compile(string path, ScenarioCache? cache)
    {
        CheckExists(path);
        string full = Path.GetFullPath(path);
        return cache is null ? ScenarioCompiler.Compile(full) : cache.Get(full, () => ScenarioCompiler.Compile(full));
    }

    private static void CheckExists(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"there is no scenario {path}{DidYouMean.Question(path, ScenarioFiles.Names)}; unibench list shows those that ship with it, init writes one");
        }
    }

    private ScenarioPlan Declare(string path)
    {
        string full = Path.GetFullPath(path);
        Scenario scenario = new(full, programs, overrides, arguments);
        CompiledScenario compiled = Compile(full, cache);
        compiled.Run(full, scenario);
        try
        {
            return new ScenarioPlan(path, compiled.Sha256, [.. compiled.Inputs.Keys], scenario, scenario.Expand());
        }
        catch (Exception e)
        {
            throw ScriptError.Locate(e, full);
        }
    }
}
