using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/UniBench.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
