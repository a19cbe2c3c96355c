using System.CommandLine;

namespace UniBench.Cli.Commands;

/// <summary>`unibench completion`: what a shell needs to complete unibench's words. The words come from the command line itself.</summary>
internal static class CompletionCommand
{
    public const string Name = "completion";

    private const string Bash = """
        # source <(unibench completion bash)
        _unibench() {
            local line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} found each
            COMPREPLY=()
            # What follows -- is not unibench's own: files.
            [[ "$line" != *' -- '* ]] || return
            mapfile -t found < <("${COMP_WORDS[0]}" "[suggest:$((COMP_POINT - ${#COMP_WORDS[0]} - 1))]" "${line#* }" 2>/dev/null)
            for each in "${found[@]}"; do
                # Options only where one is begun: where nothing is offered, bash offers files.
                [[ $each != "$word"* || $each == -* && $word != -* || $each == -[?h] ]] || COMPREPLY+=("$each")
            done
        }
        complete -o bashdefault -o default -F _unibench unibench
        """;

    private const string Zsh = """
        # source <(unibench completion zsh)
        _unibench() {
            local line="${BUFFER[1,CURSOR]}"
            local -a found
            [[ $line != *' -- '* ]] || { _files; return; }
            found=("${(@f)$("${words[1]}" "[suggest:$((CURSOR - ${#words[1]} - 1))]" "${line#* }" 2>/dev/null)}")
            [[ $PREFIX == -* ]] || found=(${found:#-*})
            compadd -a found
            _files
        }
        compdef _unibench unibench
        """;

    private const string Fish = """
        # unibench completion fish | source
        function __unibench
            set -l line (commandline -cp)
            string match -q '* -- *' -- $line; and return
            set -l rest (string replace -r '^\S+ ' '' -- $line)
            unibench "[suggest:"(string length -- $rest)"]" "$rest" 2>/dev/null
        end
        complete -c unibench -a '(__unibench)'
        """;

    public static Command Create(CommandLine line)
    {
        Argument<string> shell = new("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Command command = new(Name, "Prints a script that completes unibench's words in a shell.") { shell };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            line.Output.WriteLine(parsed.GetRequiredValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish });
            return ExitCodes.Ok;
        });
        return command;
    }
}
