#!/usr/bin/env -S unibench run
// Programs as people use them, with this machine's own tools and libraries: a build, a repository, an interpreter that starts programs.
Title("What does everyday work cost?");
Question("How long do a build with make and gcc, a git gc, and python's subprocess take?");

foreach (var needed in new[] { "make", "gcc", "git", "/usr/bin/python3" }.Where(p => !HasProgram(p)))
{
    throw new Exception($"this scenario needs {needed}: apt-get install make gcc git python3");
}

var files = Scratch().Text("Makefile", "CC=gcc\nprogram: $(patsubst %.c,%.o,$(wildcard *.c))\n\t$(CC) -o $@ $^\n%.o: %.c\n\t$(CC) -O1 -c -o $@ $<\n");
const int Units = 8, Commits = 10;
for (int i = 0; i < Units; i++)
{
    string calls = i == 0 ? string.Concat(Enumerable.Range(1, Units - 1).Select(n => $"int part{n}(int);\n")) : "";
    string body = i == 0 ? $"int main(void) {{ int sum = 0; {string.Concat(Enumerable.Range(1, Units - 1).Select(n => $"sum += part{n}({n}); "))} printf(\"%d\\n\", sum); return 0; }}" : $"int part{i}(int n) {{ return snprintf(0, 0, \"%d\", n) + {i}; }}";
    files.Text($"unit{i}.c", $"#include <stdio.h>\n{calls}{body}\n");
}

for (int i = 0; i < 20; i++)
{
    files.Words($"text{i}.txt", 500, seed: i);
}

files.Text("children.py", "import subprocess\nfor n in range(50):\n    assert subprocess.run(['/bin/true']).returncode == 0\nout = subprocess.run(['/bin/sh', '-c', 'cat; echo done'], input=b'x' * 300000, stdout=subprocess.PIPE).stdout\nprint(len(out))\n");

CaseDeclaration Work(string name, Workload work) => Case(name, work).Root("/").In(files, writable: true).Env("TMPDIR", files.Path).Env("PATH", "/usr/bin:/bin").Memory("1g").Timeout("120s").SameOutput()
    .Metric("wall_ms", "ms", Lower).Metric("cpu_ms", "ms", Lower);

Work("make", Program("sh", "-c", "make -s -j2 program && ./program"));
Work("git", Program("sh", "-c", $"set -e; export HOME=$PWD; git init -q -b main .; git config user.name x; git config user.email x@example.org; git config pack.threads 1; n=0; while [ $n -lt {Commits} ]; do echo $n >>text$n.txt; git add text$n.txt; git commit -qm $n; n=$((n+1)); done; git gc -q; git fsck; git log --oneline | wc -l"));
Work("subprocess", Program("/usr/bin/python3", "children.py"));
