using Azure;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Sas;

namespace LocalAzure.Tables;

/// <content>What a table here does not have: said plainly instead of failing somewhere in the base class.</content>
public sealed partial class LocalTableClient
{
    private static NotSupportedException Absent => new("LocalAzure's tables have no access policies and no shared access signatures.");

    /// <exception cref="NotSupportedException">Always.</exception>
    public override Task<Response<IReadOnlyList<TableSignedIdentifier>>> GetAccessPoliciesAsync(
        CancellationToken cancellationToken = default) =>
        throw Absent;

    /// <exception cref="NotSupportedException">Always.</exception>
    public override Response<IReadOnlyList<TableSignedIdentifier>> GetAccessPolicies(CancellationToken cancellationToken = default) =>
        throw Absent;

    /// <exception cref="NotSupportedException">Always.</exception>
    public override Task<Response> SetAccessPolicyAsync(
        IEnumerable<TableSignedIdentifier> tableAcl, CancellationToken cancellationToken = default) =>
        throw Absent;

    /// <exception cref="NotSupportedException">Always.</exception>
    public override Response SetAccessPolicy(IEnumerable<TableSignedIdentifier> tableAcl, CancellationToken cancellationToken = default) =>
        throw Absent;

    /// <exception cref="NotSupportedException">Always.</exception>
    public override Uri GenerateSasUri(TableSasBuilder builder) => throw Absent;

    /// <exception cref="NotSupportedException">Always.</exception>
    public override Uri GenerateSasUri(TableSasPermissions permissions, DateTimeOffset expiresOn) => throw Absent;
}
