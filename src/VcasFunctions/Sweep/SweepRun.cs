using Microsoft.DurableTask.Client;
using VcasFunctions.Tables;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Sweep;

/// <summary>One sweep: with what it wakes households, and what it counts.</summary>
/// <param name="Durable">Starts and wakes the households' orchestrations.</param>
/// <param name="Counts">What was repaired.</param>
/// <param name="Open">Households by how they stand.</param>
internal sealed record SweepRun(DurableTaskClient Durable, RepairCounts Counts, OpenHouseholdsCount Open);

/// <summary>A row that the sweep found in a list.</summary>
/// <param name="Row">The row.</param>
/// <param name="WrittenAt">When it was written, UTC.</param>
internal sealed record SuspectRow(ListRow Row, DateTimeOffset? WrittenAt);
