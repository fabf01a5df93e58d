using Shared;

namespace LocalAzure.Tests.Tables;

/// <summary>The contract, kept by Azurite: what proves the contract itself.</summary>
[Needs(Tool.Node)]
public sealed class AzuriteContract(Azurite azurite) : TableContract(azurite.Client), IClassFixture<Azurite>;
