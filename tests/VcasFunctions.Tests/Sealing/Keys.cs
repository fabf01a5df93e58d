using VcasFunctions.Sealing;

namespace VcasFunctions.Tests.Sealing;

/// <summary>Keys for tests, told apart by a number.</summary>
internal static class Keys
{
    public static string Of(byte number) => Convert.ToBase64String([.. Enumerable.Repeat(number, Keyring.KeyBytes)]);

    /// <summary>Settings with these keys under their ids and one of them active.</summary>
    public static SealingOptions Options(string active, params (string Id, byte Number)[] keys) => new()
    {
        ActiveKey = active,
        Keys = keys.ToDictionary(key => key.Id, key => Of(key.Number)),
        HashKey = Of(99),
    };

    public static Sealer Sealer(string active, params (string Id, byte Number)[] keys) =>
        new(new Keyring(Microsoft.Extensions.Options.Options.Create(Options(active, keys))));
}
