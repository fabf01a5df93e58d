using VcasFunctions.Settings;

namespace VcasFunctions.Sealing;

/// <summary>Stops the start when a key is missing or can't be one, and says which, never what it holds.</summary>
public sealed class SealingOptionsValidator : SettingsValidator<SealingOptions>
{
    private const int LongestId = 20;

    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(SealingOptions options)
    {
        var keys = options.Keys.Select(key => ("Keys", key.Key, key.Value)).Concat(
            options.IndexKeys.Select(key => ("IndexKeys", key.Key, key.Value)));
        foreach (var (setting, id, key) in keys)
        {
            if (id.Length > LongestId || id.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter)))
                yield return $"Vcas:Sealing:{setting}:{id}: a key's id takes lower-case letters and digits, at most {LongestId}.";
            if (!IsKey(key))
                yield return $"Vcas:Sealing:{setting}:{id} must be {Keyring.KeyBytes} bytes in Base64. Where it is a Key Vault reference: "
                    + "it has not been resolved.";
        }

        if (options.IndexKeys.ContainsKey(SealingOptions.IndexKeyOfHashKey))
            yield return $"Vcas:Sealing:IndexKeys:{SealingOptions.IndexKeyOfHashKey}: this id is that of the key drawn from the hash key. "
                + "Give another.";
        if (options.ActiveIndexKeyInForce != SealingOptions.IndexKeyOfHashKey && !options.IndexKeys.ContainsKey(options.ActiveIndexKey))
            yield return "Vcas:Sealing:ActiveIndexKey names a key that is not under Vcas:Sealing:IndexKeys.";

        if (options.ActiveKey.Length == 0) yield return "Vcas:Sealing:ActiveKey is missing: it names the key that seals personal data.";
        else if (!options.Keys.ContainsKey(options.ActiveKey))
            yield return "Vcas:Sealing:ActiveKey names a key that is not under Vcas:Sealing:Keys.";
        if (!IsKey(options.HashKey))
            yield return $"Vcas:Sealing:HashKey must be {Keyring.KeyBytes} bytes in Base64. Where it is a Key Vault reference: "
                + "it has not been resolved.";
    }

    private static bool IsKey(string text)
    {
        Span<byte> bytes = stackalloc byte[Keyring.KeyBytes + 3];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == Keyring.KeyBytes;
    }
}
