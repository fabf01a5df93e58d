using Azure.Data.Tables;
using Microsoft.Extensions.Hosting;

namespace VcasFunctions.Tables;

/// <summary>The tables, by what is in them. Each is made at the start if it is missing.</summary>
public sealed class VcasTables(TableServiceClient service)
{
    /// <summary>The partition of <see cref="Audit"/> in which the app keeps what it knows of itself, a row a matter.</summary>
    public const string Marks = "marks";

    /// <summary>The key of the row of <see cref="Offers"/> that holds the household itself, beside its trail.</summary>
    public const string OfferRow = "offer";

    /// <summary>Offers with their trails: a partition an offer.</summary>
    public TableClient Offers { get; } = service.GetTableClient("Offers");

    /// <summary>Open call-backs: a partition a call-back team, in the order in which they are worked.</summary>
    public TableClient CallBacks { get; } = service.GetTableClient("CallBacks");

    /// <summary>Referrals: a partition a state.</summary>
    public TableClient Referrals { get; } = service.GetTableClient("Referrals");

    /// <summary>What the figures are counted from: a partition a month.</summary>
    public TableClient Register { get; } = service.GetTableClient("Register");

    /// <summary>Households whose notifications wait to be reported together: a partition an addressee. Mostly empty.</summary>
    public TableClient Notices { get; } = service.GetTableClient("Notices");

    /// <summary>Who looked at lists, which households were touched on which day, and what the audit is held to.</summary>
    public TableClient Audit { get; } = service.GetTableClient("Audit");

    /// <summary>Numbers that nobody is ever to call, as keyed hashes, by whom they were asked for: a partition a number.</summary>
    public TableClient DoNotCall { get; } = service.GetTableClient("DoNotCall");

    /// <summary>Which households have which number or reference, as keyed hashes: a partition a number or reference.</summary>
    public TableClient HouseholdIndex { get; } = service.GetTableClient("HouseholdIndex");

    /// <summary>
    /// What people do beside the households: who is away, which numbers were passed on, what a morning has told. A partition a matter.
    /// </summary>
    public TableClient Desk { get; } = service.GetTableClient("Desk");

    /// <summary>
    /// All of them, in the order in which a backup reads them: what is counted, then the households, then what is written before a
    /// household is changed (that it was touched, what it is found by, that a number must never be called), so that a later one knows of
    /// all that an earlier one holds.
    /// </summary>
    public IReadOnlyList<TableClient> InBackupOrder =>
        [Register, Offers, CallBacks, Referrals, Notices, Audit, HouseholdIndex, DoNotCall, Desk];

    /// <summary>Those that are made from the households, by the sweep.</summary>
    public IReadOnlyList<TableClient> DrawnUp => [CallBacks, Referrals, Notices];

    /// <summary>The register of numbers that nobody is ever to call.</summary>
    public TableClient Never => DoNotCall;

    /// <summary>What the app knows of itself in a matter; null where nothing was noted yet.</summary>
    public async Task<TableEntity?> FindMarkAsync(string mark, CancellationToken cancellation)
    {
        var found = await Audit.GetEntityIfExistsAsync<TableEntity>(Marks, mark, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>Creates the tables that are missing.</summary>
    public Task EnsureAsync(CancellationToken cancellation) =>
        Task.WhenAll(InBackupOrder.Select(table => table.CreateIfNotExistsAsync(cancellation)));
}

/// <summary>Makes the tables before anything else starts.</summary>
public sealed class TableSetUp(VcasTables tables) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => tables.EnsureAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
