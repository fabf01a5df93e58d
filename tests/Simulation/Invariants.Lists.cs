using System.Text.Json;
using Shared;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;

namespace Simulation;

/// <summary>What people are shown is what is stored.</summary>
internal sealed partial class Invariants
{
    private async Task ListsAreTrueAsync(Dictionary<Guid, Household> offers, CancellationToken cancellation)
    {
        foreach (
            var (state, name) in new[] { (HouseholdState.Waiting, "waiting"), (HouseholdState.Due, "due"), (HouseholdState.Held, "held") })
        {
            var page = await app.GetAsync($"call-backs?state={name}&limit=200", cancellation);
            var listed = page.GetProperty("callBacks").EnumerateArray().Select(row => row.GetProperty("offerId").GetGuid()).Order();
            Must(
                listed.SequenceEqual(offers.Values.Where(offer => offer.State == state).Select(offer => offer.Id).Order()),
                $"The list of those {name} is wrong");
        }
    }

    private async Task ReportIsTheRecountAsync(List<HouseholdRecord> records, CancellationToken cancellation)
    {
        var reported = (await app.GetAsync("reports/uptake?by=month", cancellation))
            .GetProperty("lines").EnumerateArray().Select(line => line.ToString());
        var recounted = JsonSerializer.SerializeToElement(UptakeReport.Of(records, UptakeBy.Month), VcasFunctions.Http.Json.Api)
            .EnumerateArray().Select(line => line.ToString());
        var (inReport, inRecount) = (reported.ToList(), recounted.ToList());
        Must(
            inReport.SequenceEqual(inRecount),
            $"The report differs from the recount: reported {string.Join(' ', inReport.Except(inRecount))}, recounted "
            + $"{string.Join(' ', inRecount.Except(inReport))}");
    }
}
