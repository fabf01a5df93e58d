using Azure;
using Azure.Data.Tables;

namespace LocalAzure.Tables;

/// <content>Entity-group transactions.</content>
public sealed partial class LocalTableClient
{
    // What a batch's headers and JSON add to each action, roughly; the service counts the whole request.
    private const int ActionOverhead = 600;

    /// <summary>
    /// Carries out up to 100 actions on distinct entities of one partition: all or none. An update action without an ETag is
    /// an upsert, for so the genuine client sends it.
    /// </summary>
    /// <exception cref="TableTransactionFailedException">One action was refused; its index is in the exception.</exception>
    /// <exception cref="RequestFailedException">413: the batch is larger than 4 MiB.</exception>
    /// <exception cref="InvalidOperationException">There are no actions.</exception>
    public override async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transactionActions);
        await service.EnterAsync("SubmitTransaction", cancellationToken);
        var operations = Check([.. transactionActions]);
        try
        {
            var ticks = await engine.ApplyAllAsync(Name, operations, service.Time);
            var responses = new Response[ticks.Length];
            for (var index = 0; index < ticks.Length; index++) responses[index] = new LocalResponse(204, ticks[index]);
            return Response.FromValue<IReadOnlyList<Response>>(responses, new LocalResponse(202));
        }
        catch (TransactionAborted aborted)
        {
            throw aborted.Fault.ToTransactionException(aborted.Index);
        }
    }

    /// <inheritdoc cref="SubmitTransactionAsync"/>
    public override Response<IReadOnlyList<Response>> SubmitTransaction(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        SubmitTransactionAsync(transactionActions, cancellationToken).GetAwaiter().GetResult();

    private static TableOperation[] Check(TableTransactionAction[] actions)
    {
        if (actions.Length == 0) throw new InvalidOperationException("A transaction needs at least one action.");
        if (actions.Length > TableLimits.BatchActions) throw TableFault.TooManyActions.ToTransactionException(TableLimits.BatchActions - 1);
        var operations = new TableOperation[actions.Length];
        var bytes = 0L;
        for (var index = 0; index < actions.Length; index++)
        {
            operations[index] = Check(actions[index], index);
            bytes += operations[index].Body.Length + ActionOverhead;
            if (!string.Equals(operations[index].PartitionKey, operations[0].PartitionKey, StringComparison.Ordinal))
                throw TableFault.DifferentPartitions.ToTransactionException(index);
            if (IsAmongFirst(operations, index)) throw TableFault.DuplicateRow.ToTransactionException(index);
        }

        return bytes > TableLimits.BatchBytes ? throw TableFault.BatchTooLarge.ToException() : operations;
    }

    private static TableOperation Check(TableTransactionAction action, int index)
    {
        Require(action.Entity);
        var kind = (action.ActionType, Unconditional: action.ETag == default) switch
        {
            (TableTransactionActionType.Add, _) => OperationKind.Add,
            (TableTransactionActionType.Delete, _) => OperationKind.Delete,
            (TableTransactionActionType.UpsertReplace, _) or (TableTransactionActionType.UpdateReplace, true) =>
                OperationKind.UpsertReplace,
            (TableTransactionActionType.UpsertMerge, _) or (TableTransactionActionType.UpdateMerge, true) => OperationKind.UpsertMerge,
            (TableTransactionActionType.UpdateReplace, _) => OperationKind.Replace,
            (TableTransactionActionType.UpdateMerge, _) => OperationKind.Merge,
            _ => throw new InvalidOperationException("Unknown request type."),
        };
        try
        {
            var conditional = kind is OperationKind.Delete or OperationKind.Replace or OperationKind.Merge && action.ETag != default;
            return ToOperation(kind, action.Entity, conditional ? EntityTag.Parse(action.ETag) : EntityTag.Any);
        }
        catch (RequestFailedException refused)
        {
            // The message's first line is the fault; the rest is the response, which the new exception adds again.
            throw new TableFault(refused.Status, refused.ErrorCode!, refused.Message.Split(Environment.NewLine)[0])
                .ToTransactionException(index);
        }
    }

    // Batches are small: a set would cost more than it saves until there are dozens of actions, and at 100 this is still microseconds.
    private static bool IsAmongFirst(TableOperation[] operations, int index)
    {
        for (var earlier = 0; earlier < index; earlier++)
        {
            if (string.Equals(operations[earlier].RowKey, operations[index].RowKey, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
