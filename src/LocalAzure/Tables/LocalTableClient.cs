using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using LocalAzure.Tables.Entities;

namespace LocalAzure.Tables;

/// <summary>
/// One table of a <see cref="LocalTableServiceClient"/>. Every synchronous method does what its asynchronous sister does and
/// waits for it; reads never leave the caller's thread.
/// </summary>
public sealed partial class LocalTableClient : TableClient
{
    private readonly LocalTableServiceClient service;
    private readonly TableEngine engine;

    internal LocalTableClient(LocalTableServiceClient service, string name) =>
        (this.service, engine, Name) = (service, service.Engine, name);

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string AccountName => service.AccountName;

    /// <inheritdoc/>
    public override Uri Uri => new($"{service.Uri}/{Name}");

    /// <inheritdoc/>
    public override Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
        service.CreateTableAsync(Name, cancellationToken);

    /// <inheritdoc/>
    public override Response<TableItem> Create(CancellationToken cancellationToken = default) =>
        service.CreateTable(Name, cancellationToken);

    /// <inheritdoc/>
    public override Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        service.CreateTableIfNotExistsAsync(Name, cancellationToken);

    /// <inheritdoc/>
    public override Response<TableItem> CreateIfNotExists(CancellationToken cancellationToken = default) =>
        service.CreateTableIfNotExists(Name, cancellationToken);

    /// <inheritdoc cref="LocalTableServiceClient.DeleteTableAsync"/>
    public override Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        service.DeleteTableAsync(Name, cancellationToken);

    /// <inheritdoc cref="LocalTableServiceClient.DeleteTableAsync"/>
    public override Response Delete(CancellationToken cancellationToken = default) => service.DeleteTable(Name, cancellationToken);

    /// <summary>Adds an entity.</summary>
    /// <exception cref="RequestFailedException">409 EntityAlreadyExists; 404 TableNotFound; 400 for what breaks a limit.</exception>
    public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
        ChangeAsync("AddEntity", OperationKind.Add, entity, ETag.All, cancellationToken);

    /// <inheritdoc cref="AddEntityAsync{T}"/>
    public override Response AddEntity<T>(T entity, CancellationToken cancellationToken = default) =>
        AddEntityAsync(entity, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Adds an entity, or merges it into the one that is there, or replaces that one.</summary>
    /// <exception cref="RequestFailedException">404 TableNotFound; 400 for what breaks a limit.</exception>
    public override Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            "UpsertEntity",
            mode == TableUpdateMode.Replace ? OperationKind.UpsertReplace : OperationKind.UpsertMerge,
            entity,
            ETag.All,
            cancellationToken);

    /// <inheritdoc cref="UpsertEntityAsync{T}"/>
    public override Response UpsertEntity<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        UpsertEntityAsync(entity, mode, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Changes the entity that is there, if its ETag is <paramref name="ifMatch"/> (or that is <see cref="ETag.All"/>).</summary>
    /// <exception cref="RequestFailedException">404 ResourceNotFound, TableNotFound; 412 UpdateConditionNotSatisfied; 400 for what
    /// breaks a limit.</exception>
    /// <exception cref="ArgumentException"><paramref name="ifMatch"/> is empty.</exception>
    public override Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            "UpdateEntity",
            mode == TableUpdateMode.Replace ? OperationKind.Replace : OperationKind.Merge,
            entity,
            ifMatch,
            cancellationToken);

    /// <inheritdoc cref="UpdateEntityAsync{T}"/>
    public override Response UpdateEntity<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        UpdateEntityAsync(entity, ifMatch, mode, cancellationToken).GetAwaiter().GetResult();

    /// <summary>
    /// Deletes an entity, if its ETag is <paramref name="ifMatch"/> (or that is empty). One that isn't there answers 404 without an
    /// exception, as the genuine client does.
    /// </summary>
    /// <exception cref="RequestFailedException">412 UpdateConditionNotSatisfied.</exception>
    public override async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        await service.EnterAsync("DeleteEntity", cancellationToken);
        TableLimits.CheckKey(partitionKey);
        TableLimits.CheckKey(rowKey);
        var condition = ifMatch == default ? EntityTag.Any : EntityTag.Parse(ifMatch);
        var outcome = await engine.ApplyAsync(
            Name, new TableOperation(OperationKind.Delete, partitionKey, rowKey, [], condition), service.Time);
        return outcome.Fault switch
        {
            null => new LocalResponse(204),
            { Status: 404 } missing => new LocalResponse(404, errorCode: missing.Code),
            { } fault => throw fault.ToException(),
        };
    }

    /// <inheritdoc cref="DeleteEntityAsync(string, string, ETag, CancellationToken)"/>
    public override Response DeleteEntity(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        DeleteEntityAsync(partitionKey, rowKey, ifMatch, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc cref="DeleteEntityAsync(string, string, ETag, CancellationToken)"/>
    public override Task<Response> DeleteEntityAsync(
        ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        Require(entity);
        return DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    /// <inheritdoc cref="DeleteEntityAsync(string, string, ETag, CancellationToken)"/>
    public override Response DeleteEntity(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        DeleteEntityAsync(entity, ifMatch, cancellationToken).GetAwaiter().GetResult();

    private static void Require(ITableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(entity.PartitionKey, nameof(entity.PartitionKey));
        ArgumentNullException.ThrowIfNull(entity.RowKey, nameof(entity.RowKey));
    }

    private static TableOperation ToOperation(OperationKind kind, ITableEntity entity, long ifMatch)
    {
        TableLimits.CheckKey(entity.PartitionKey);
        TableLimits.CheckKey(entity.RowKey);
        return new TableOperation(
            kind, entity.PartitionKey, entity.RowKey, kind == OperationKind.Delete ? [] : EntityMapper.ToBody(entity), ifMatch);
    }

    private async Task<Response> ChangeAsync(
        string name, OperationKind kind, ITableEntity entity, ETag ifMatch, CancellationToken cancellationToken)
    {
        Require(entity);
        if (ifMatch == default) throw new ArgumentException("Value cannot be empty.", nameof(ifMatch));
        await service.EnterAsync(name, cancellationToken);
        var outcome = await engine.ApplyAsync(Name, ToOperation(kind, entity, EntityTag.Parse(ifMatch)), service.Time);
        return outcome.Fault is { } fault ? throw fault.ToException() : new LocalResponse(204, outcome.Ticks);
    }
}
