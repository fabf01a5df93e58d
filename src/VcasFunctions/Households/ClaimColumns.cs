using Azure.Data.Tables;
using Vcas.Domain.CallBacks;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>How a claim is in a list's row.</summary>
internal static class ClaimColumns
{
    private const string By = ListRow.ClaimPrefix + "By";
    private const string Since = ListRow.ClaimPrefix + "Since";
    private const string Until = ListRow.ClaimPrefix + "Until";

    public static Claim? Read(TableEntity row) =>
        row.GetString(By) is { } by && row.GetDateTimeOffset(Since) is { } since && row.GetDateTimeOffset(Until) is { } until
            ? new Claim(by, since, until)
            : null;

    public static TableEntity Write(string partition, string row, Claim claim) =>
        new(partition, row) { [By] = claim.By, [Since] = claim.Since, [Until] = claim.Until };
}
