using System.Linq.Expressions;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Shared;

/// <summary>A client of tables that does what another does, and notes of which kind each call was.</summary>
public sealed class NotedTables(TableServiceClient inner) : TableServiceClient
{
    /// <summary>What does it.</summary>
    public TableServiceClient Inner => inner;

    /// <inheritdoc/>
    public override string AccountName => inner.AccountName;

    /// <inheritdoc/>
    public override Uri Uri => inner.Uri;

    /// <inheritdoc/>
    public override TableClient GetTableClient(string tableName) => new NotedTable(inner.GetTableClient(tableName));

    /// <inheritdoc/>
    public override AsyncPageable<TableItem> QueryAsync(
        string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        inner.QueryAsync(filter, maxPerPage, cancellationToken);
}

/// <summary>One of its tables. What neither the app nor a test calls isn't here, and fails.</summary>
public sealed class NotedTable(TableClient inner) : TableClient
{
    /// <summary>What does it.</summary>
    public TableClient Inner => inner;

    /// <inheritdoc/>
    public override string Name => inner.Name;

    /// <inheritdoc/>
    public override string AccountName => inner.AccountName;

    /// <inheritdoc/>
    public override Uri Uri => inner.Uri;

    /// <inheritdoc/>
    public override Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        Note("create");
        return inner.CreateIfNotExistsAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<Response> DeleteAsync(CancellationToken cancellationToken = default) => inner.DeleteAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
    {
        Note("add");
        return inner.AddEntityAsync(entity, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
    {
        Note($"upsert by {mode}");
        return inner.UpsertEntityAsync(entity, mode, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
    {
        Note($"update by {mode} if {Condition(ifMatch)}");
        return inner.UpdateEntityAsync(entity, ifMatch, mode, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        Note($"delete if {Condition(ifMatch)}");
        return inner.DeleteEntityAsync(partitionKey, rowKey, ifMatch, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<Response> DeleteEntityAsync(
        ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);

    /// <inheritdoc/>
    public override Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        Note($"get{Of(select)}");
        return inner.GetEntityAsync<T>(partitionKey, rowKey, select, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        Note($"get if exists{Of(select)}");
        return inner.GetEntityIfExistsAsync<T>(partitionKey, rowKey, select, cancellationToken);
    }

    /// <inheritdoc/>
    public override AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        Note($"query {TableCalls.ShapeOf(filter)}{(maxPerPage is null ? "" : " by pages")}{Of(select)}");
        return inner.QueryAsync<T>(filter, maxPerPage, select, cancellationToken);
    }

    /// <inheritdoc/>
    public override AsyncPageable<T> QueryAsync<T>(
        Expression<Func<T, bool>> filter,
        int? maxPerPage = null,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default) =>
        QueryAsync<T>(CreateQueryFilter(filter), maxPerPage, select, cancellationToken);

    /// <inheritdoc/>
    public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        var actions = transactionActions.ToList();
        var kinds = actions.Select(action => $"{action.ActionType} if {Condition(action.ETag)}").Distinct().Order(StringComparer.Ordinal);
        Note($"transaction of {string.Join(", ", kinds)}");
        return inner.SubmitTransactionAsync(actions, cancellationToken);
    }

    private static string Condition(ETag tag) => tag == default || tag == ETag.All ? "there" : "unchanged";

    private static string Of(IEnumerable<string>? select) => select is null ? "" : $" of {string.Join(", ", select)}";

    private void Note(string kind) => TableCalls.Note($"{Name}: {kind}");
}
