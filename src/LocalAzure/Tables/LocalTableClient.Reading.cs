using System.Linq.Expressions;
using Azure;
using Azure.Data.Tables;
using LocalAzure.Tables.Entities;

namespace LocalAzure.Tables;

/// <content>Point reads and queries.</content>
public sealed partial class LocalTableClient
{
    private const string PointRead = "SELECT ts, body FROM entity WHERE tbl = ?1 AND pk = ?2 AND rk = ?3";

    /// <summary>Reads one entity.</summary>
    /// <exception cref="RequestFailedException">404 ResourceNotFound, TableNotFound.</exception>
    public override async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        await EnterReadAsync("GetEntity", partitionKey, rowKey, cancellationToken);
        return GetEntityNow<T>(partitionKey, rowKey, select, out var fault) is { } found ? found : throw fault!.ToException();
    }

    /// <inheritdoc cref="GetEntityAsync{T}"/>
    public override Response<T> GetEntity<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        GetEntityAsync<T>(partitionKey, rowKey, select, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Reads one entity; when it (or its table) isn't there, the response has no value.</summary>
    public override async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        await EnterReadAsync("GetEntityIfExists", partitionKey, rowKey, cancellationToken);
        return GetEntityNow<T>(partitionKey, rowKey, select, out var fault) is { } found
            ? found
            : new NoValue<T>(new LocalResponse(404, errorCode: fault!.Code));
    }

    /// <inheritdoc cref="GetEntityIfExistsAsync{T}"/>
    public override NullableResponse<T> GetEntityIfExists<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        GetEntityIfExistsAsync<T>(partitionKey, rowKey, select, cancellationToken).GetAwaiter().GetResult();

    /// <summary>The entities that satisfy an OData filter, ordered by PartitionKey and RowKey, at most 1,000 a page.</summary>
    /// <exception cref="RequestFailedException">While reading: 400 InvalidInput for a filter, a page size or a token that the service would
    /// not take; 404 TableNotFound.</exception>
    public override AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        new LocalAsyncPageable<T>(Pages<T>(filter, select), maxPerPage, cancellationToken);

    /// <inheritdoc cref="QueryAsync{T}(string?, int?, IEnumerable{string}?, CancellationToken)"/>
    public override Pageable<T> Query<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        new LocalPageable<T>(Pages<T>(filter, select), maxPerPage, cancellationToken);

    /// <inheritdoc cref="QueryAsync{T}(string?, int?, IEnumerable{string}?, CancellationToken)"/>
    public override AsyncPageable<T> QueryAsync<T>(
        Expression<Func<T, bool>> filter,
        int? maxPerPage = null,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default) =>
        QueryAsync<T>(CreateQueryFilter(filter), maxPerPage, select, cancellationToken);

    /// <inheritdoc cref="QueryAsync{T}(string?, int?, IEnumerable{string}?, CancellationToken)"/>
    public override Pageable<T> Query<T>(
        Expression<Func<T, bool>> filter,
        int? maxPerPage = null,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default) =>
        Query<T>(CreateQueryFilter(filter), maxPerPage, select, cancellationToken);

    private ValueTask EnterReadAsync(string operation, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        return service.EnterAsync(operation, cancellationToken);
    }

    private Response<T>? GetEntityNow<T>(string partitionKey, string rowKey, IEnumerable<string>? select, out TableFault? fault)
        where T : class, ITableEntity
    {
        TableLimits.CheckKey(partitionKey);
        TableLimits.CheckKey(rowKey);
        var selection = Selection.Of(select);
        var mapper = EntityMapper.For<T>();
        var (entity, ticks, missing) = engine.Store.Read<(T? Entity, long Ticks, TableFault? Missing)>(connection =>
        {
            var table = engine.FindTable(connection, Name);
            if (table == 0) return (null, 0, TableFault.TableNotFound);
            using var row = connection.Prepare(PointRead).Bind(1, table).Bind(2, partitionKey).Bind(3, rowKey);
            if (!row.Step()) return (null, 0, TableFault.ResourceNotFound);
            return (mapper.Read(partitionKey, rowKey, row.GetInt64(0), row.GetBytes(1), selection), row.GetInt64(0), null);
        });
        fault = missing;
        return entity is null ? null : Response.FromValue(entity, new LocalResponse(200, ticks));
    }

    private PageReader<T> Pages<T>(string? filter, IEnumerable<string>? select)
        where T : class, ITableEntity
    {
        TableQuery? query = null;
        return async (continuation, pageSize, cancellationToken) =>
        {
            await service.EnterAsync("Query", cancellationToken);
            query ??= new TableQuery(Name, filter, select);
            return query.ReadPage<T>(engine, continuation, pageSize ?? TableLimits.PageSize);
        };
    }

    private sealed class NoValue<T>(Response response) : NullableResponse<T>
    {
        public override bool HasValue => false;

        public override T? Value => throw new InvalidOperationException($"Response has no value: its status is {response.Status}.");

        public override Response GetRawResponse() => response;
    }
}
