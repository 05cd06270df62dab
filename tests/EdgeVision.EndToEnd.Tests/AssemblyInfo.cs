// Each test starts programs that want both processors: one at a time, so that timings mean something.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
