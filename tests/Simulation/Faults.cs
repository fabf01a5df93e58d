using Azure;
using LocalAzure;
using LocalAzure.Graph;

namespace Simulation;

/// <summary>What goes wrong in Azure while it is switched on.</summary>
internal sealed class Faults(Random random)
{
    private readonly Lock gate = new();
    private double tableFailures;

    /// <summary>Whether anything is wrong at this moment.</summary>
    public bool AreOn => tableFailures > 0;

    public void Attach(LocalAzureHost azure) => azure.Tables.BeforeCall = MayFailAsync;

    public void TablesFail(double share) => tableFailures = share;

    /// <summary>Nothing fails while somebody looks whether all is as it must be.</summary>
    public IDisposable Pause()
    {
        var before = tableFailures;
        tableFailures = 0;
        return new Pausing(this, before);
    }

    public static void GraphFails(LocalAzureHost azure, bool fails) =>
        azure.Graph.Outage = fails ? GraphOutage.ServiceUnavailable : GraphOutage.None;

    public void Repair(LocalAzureHost azure)
    {
        tableFailures = 0;
        GraphFails(azure, fails: false);
    }

    private ValueTask MayFailAsync(string operation)
    {
        lock (gate)
        {
            if (tableFailures == 0 || random.NextDouble() >= tableFailures) return ValueTask.CompletedTask;
        }

        throw new RequestFailedException(503, "The tables are out of reach.", "ServerBusy", innerException: null);
    }

    private sealed class Pausing(Faults faults, double before) : IDisposable
    {
        public void Dispose() => faults.tableFailures = before;
    }
}
