namespace LocalAzure.Tables;

/// <summary>What is to happen to one entity.</summary>
internal enum OperationKind
{
    Add,
    Replace,
    Merge,
    UpsertReplace,
    UpsertMerge,
    Delete,
}

/// <summary>One change, checked and serialized by the caller's thread so that the writer has only to write it.</summary>
internal readonly record struct TableOperation(OperationKind Kind, string PartitionKey, string RowKey, byte[] Body, long IfMatch);

/// <summary>What came of it: the entity's new ticks (0 after a delete), or the fault.</summary>
internal readonly record struct TableOutcome(long Ticks, TableFault? Fault)
{
    public static implicit operator TableOutcome(TableFault fault) => new(0, fault);
}
