using EndToEnd.Tests;
using EndToEnd.Tests.Kill;
using Xunit.Sdk;
using Xunit.v3;

// Each test here is several processes that mostly wait for one another: two tests at a time. None measures itself against the clock, and
// what they share (ports, the folders of a build) is told apart by FreePorts.Next and the collection below.
[assembly: Parallelization(Mode = ParallelMode.Collections, MaxThreads = 2)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace EndToEnd.Tests;

/// <summary>Tests that build or publish the app's own projects, which one process at a time may do in a folder.</summary>
[CollectionDefinition(Name)]
public sealed class Builds
{
    public const string Name = "Builds";
}

/// <summary>Begins with the longest, beside which all others find their time.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Place(collection.TestCollectionDisplayName))
            .ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Place(string name) =>
        name.Contains(typeof(KillTests).FullName!, StringComparison.Ordinal) ? 0 : name == Builds.Name ? 1 : 2;
}
