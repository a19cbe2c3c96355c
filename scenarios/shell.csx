#!/usr/bin/env -S unibench run
// Shell scripts with programs nobody wrote for this tool: every command a process of its own, and the same bytes out everywhere.
Title("What does a shell script cost?");
Question("How long do pipelines over text, compression, a fan-out over files and loops of commands take?");
Question("Do they print what they print on Linux, byte for byte?");

foreach (var needed in new[] { "busybox", "bash-static" }.Where(p => !HasProgram(p)))
{
    throw new Exception($"this scenario needs a static {needed}: apt-get install busybox-static bash-static");
}

var forks = Param("forks", 10, 100);
var files = Scratch()
    .Words("words.txt", 50_000)
    .Text("report.sh", File.ReadAllText(Path.Combine(Path.GetDirectoryName(ScriptFile), "shell", "report.sh")))
    .Program("busybox", "awk", "cat", "cut", "diff", "grep", "head", "md5sum", "paste", "sed", "seq", "sort", "tail", "tr", "true", "uniq", "wc");
for (int i = 0; i < 64; i++)
{
    files.Words($"tree/{i % 8}/{i}.txt", 1000, seed: i);
}

CaseDeclaration Measured(CaseDeclaration it) => it.In(files).Env("PATH", files.Programs).SameOutput()
    .Metric("wall_ms", "ms", Lower).Metric("cpu_ms", "ms", Lower);

CaseDeclaration Ash(string name, string script) => Measured(Case(name, Program("busybox", "sh", "-c", script)));
CaseDeclaration Bash(string name, string script) => Measured(Case(name, Program("bash-static", "-c", script)));

Ash("frequency", @"tr ' ' '\n' <words.txt | sort | uniq -c | sort -rn | head -n 20; wc words.txt");
Ash("numbers", "set -o pipefail; seq 1 20000 | sort -rn | sed 's/7/seven/g' | grep -v 3 | md5sum");
Ash("compress", "set -o pipefail; tar c tree words.txt | gzip | gunzip | tar xO | md5sum");
Ash("fanout", "set -o pipefail; find tree -type f | xargs -n 4 -P 2 md5sum | sort");
Ash("report", ". ./report.sh").Expect(7);
Bash("substitution", "paste <(seq 1 2000) <(seq 1 2000 | sort -r) | tail -n 3; diff <(head -n 9 words.txt) <(head -n 8 words.txt) | cut -c 1-40; echo ${PIPESTATUS[@]}");
Measured(Case("forks", [forks], p => Program("busybox", "sh", "-c", $"n=0; for i in $(seq {p[forks]}); do ./bin/true && n=$((n+1)); done; echo $n")));
