// Each test here is several processes, and some of them measure themselves against the clock: one at a time.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
