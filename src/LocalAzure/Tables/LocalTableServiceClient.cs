using System.Linq.Expressions;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Sas;
using LocalAzure.Storage;

namespace LocalAzure.Tables;

/// <summary>
/// A <see cref="TableServiceClient"/> whose account is a <see cref="LocalStore"/>. Answers and refuses with the service's
/// statuses and error codes; what it lacks is listed in the README beside it.
/// </summary>
public sealed class LocalTableServiceClient : TableServiceClient
{
    private const string Account = "localazure";
    private static readonly Uri Endpoint = new("http://127.0.0.1/" + Account);

    /// <summary>Opens the tables of a store, making their schema if it isn't there. Timestamps come from <paramref name="time"/>.</summary>
    public LocalTableServiceClient(LocalStore store, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        Engine = TableEngine.Of(store);
        Time = time;
    }

    /// <summary>
    /// Awaited before every call on this client and its tables, with the genuine method's name ("AddEntity",
    /// "SubmitTransaction", …; a query once a page). What it throws the caller sees: a simulation's way to make storage fail.
    /// </summary>
    public Func<string, ValueTask>? BeforeCall { get; set; }

    /// <inheritdoc/>
    public override string AccountName => Account;

    /// <inheritdoc/>
    public override Uri Uri => Endpoint;

    private static NotSupportedException Absent =>
        new("LocalAzure's tables have no service properties, no statistics and no shared access signatures.");

    internal TableEngine Engine { get; }

    internal TimeProvider Time { get; }

    /// <inheritdoc/>
    public override TableClient GetTableClient(string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        return new LocalTableClient(this, tableName);
    }

    /// <inheritdoc/>
    public override async Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default)
    {
        await EnterAsync("CreateTable", cancellationToken);
        TableLimits.CheckTableName(tableName);
        if (!await Engine.CreateTableAsync(tableName)) throw TableFault.TableAlreadyExists.ToException();
        return Response.FromValue(new TableItem(tableName), new LocalResponse(201));
    }

    /// <inheritdoc/>
    public override async Task<Response<TableItem>> CreateTableIfNotExistsAsync(
        string tableName, CancellationToken cancellationToken = default)
    {
        await EnterAsync("CreateTableIfNotExists", cancellationToken);
        TableLimits.CheckTableName(tableName);
        var status = await Engine.CreateTableAsync(tableName) ? 201 : TableFault.TableAlreadyExists.Status;
        return Response.FromValue(new TableItem(tableName), new LocalResponse(status));
    }

    /// <summary>
    /// Deletes a table with everything in it, at once (the service takes its time and refuses the name meanwhile). A missing table answers
    /// 404 without an exception.
    /// </summary>
    public override async Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default)
    {
        await EnterAsync("DeleteTable", cancellationToken);
        TableLimits.CheckTableName(tableName);
        return new LocalResponse(await Engine.DeleteTableAsync(tableName) ? 204 : 404);
    }

    /// <inheritdoc/>
    public override Response<TableItem> CreateTable(string tableName, CancellationToken cancellationToken = default) =>
        CreateTableAsync(tableName, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override Response<TableItem> CreateTableIfNotExists(string tableName, CancellationToken cancellationToken = default) =>
        CreateTableIfNotExistsAsync(tableName, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override Response DeleteTable(string tableName, CancellationToken cancellationToken = default) =>
        DeleteTableAsync(tableName, cancellationToken).GetAwaiter().GetResult();

    /// <summary>The tables by name. A filter is not supported: an app that knows its tables needs none.</summary>
    /// <exception cref="NotSupportedException">There is a filter.</exception>
    public override AsyncPageable<TableItem> QueryAsync(
        string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new LocalAsyncPageable<TableItem>(Tables(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="QueryAsync(string?, int?, CancellationToken)"/>
    public override Pageable<TableItem> Query(
        string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new LocalPageable<TableItem>(Tables(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="QueryAsync(string?, int?, CancellationToken)"/>
    public override AsyncPageable<TableItem> QueryAsync(
        FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="QueryAsync(string?, int?, CancellationToken)"/>
    public override Pageable<TableItem> Query(
        FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        Query(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="QueryAsync(string?, int?, CancellationToken)"/>
    public override AsyncPageable<TableItem> QueryAsync(
        Expression<Func<TableItem, bool>> filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="QueryAsync(string?, int?, CancellationToken)"/>
    public override Pageable<TableItem> Query(
        Expression<Func<TableItem, bool>> filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        Query(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <exception cref="NotSupportedException">Always: there is nothing to configure.</exception>
    public override Response<TableServiceProperties> GetProperties(CancellationToken cancellationToken = default) => throw Absent;

    /// <exception cref="NotSupportedException">Always: there is nothing to configure.</exception>
    public override Task<Response<TableServiceProperties>> GetPropertiesAsync(CancellationToken cancellationToken = default) =>
        throw Absent;

    /// <exception cref="NotSupportedException">Always: there is nothing to configure.</exception>
    public override Response SetProperties(TableServiceProperties properties, CancellationToken cancellationToken = default) =>
        throw Absent;

    /// <exception cref="NotSupportedException">Always: there is nothing to configure.</exception>
    public override Task<Response> SetPropertiesAsync(TableServiceProperties properties, CancellationToken cancellationToken = default) =>
        throw Absent;

    /// <exception cref="NotSupportedException">Always: there is no second region.</exception>
    public override Response<TableServiceStatistics> GetStatistics(CancellationToken cancellationToken = default) => throw Absent;

    /// <exception cref="NotSupportedException">Always: there is no second region.</exception>
    public override Task<Response<TableServiceStatistics>> GetStatisticsAsync(CancellationToken cancellationToken = default) =>
        throw Absent;

    /// <exception cref="NotSupportedException">Always: there is no key to sign with.</exception>
    public override Uri GenerateSasUri(TableAccountSasBuilder builder) => throw Absent;

    /// <exception cref="NotSupportedException">Always: there is no key to sign with.</exception>
    public override Uri GenerateSasUri(
        TableAccountSasPermissions permissions, TableAccountSasResourceTypes resourceTypes, DateTimeOffset expiresOn) =>
        throw Absent;

    /// <summary>What every call does first.</summary>
    internal ValueTask EnterAsync(string operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return BeforeCall is { } hook ? hook(operation) : ValueTask.CompletedTask;
    }

    private PageReader<TableItem> Tables(string? filter)
    {
        if (!string.IsNullOrWhiteSpace(filter)) throw new NotSupportedException("LocalAzure lists all tables; it filters none.");
        return async (continuation, pageSize, cancellationToken) =>
        {
            await EnterAsync("QueryTables", cancellationToken);
            var size = pageSize ?? TableLimits.PageSize;
            if (size is < 1 or > TableLimits.PageSize) throw TableFault.BadPageSize.ToException();
            var rest = Engine.ListTables()
                .Where(name => continuation is null || string.CompareOrdinal(name, continuation) >= 0).Take(size + 1).ToList();
            return ([.. rest.Take(size).Select(name => new TableItem(name))], rest.Count > size ? rest[size] : null);
        };
    }
}
