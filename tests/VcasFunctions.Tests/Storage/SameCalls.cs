using Shared;
using VcasFunctions.Tests.Storage;

[assembly: AssemblyFixture(typeof(SameCalls))]

namespace VcasFunctions.Tests.Storage;

/// <summary>
/// At the end of a run on Microsoft's emulator: every kind of call that the whole run made on our own tables was made there too.
/// </summary>
public sealed class SameCalls : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        var missing = TableCalls.Settle(AppTables.AreOnAzurite);
        if (missing.Count > 0)
            throw new InvalidOperationException(
                $"{missing.Count} kinds of call on tables are made in tests that ./test leaves out on Azurite, and nowhere else:\n"
                + string.Join('\n', missing));
    }
}
