namespace LocalAzure.Tests.Tables;

/// <summary>The contract, kept by the local tables.</summary>
public sealed class LocalTablesContract(LocalTables tables) : TableContract(tables.Client), IClassFixture<LocalTables>;
