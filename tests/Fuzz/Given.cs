using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;

namespace Fuzz;

/// <summary>What the parsers need around them.</summary>
internal static class Given
{
    /// <summary>A Monday within call-back hours.</summary>
    public static readonly DateTimeOffset Monday = new(2024, 3, 11, 10, 0, 0, TimeSpan.Zero);

    /// <summary>The defaults.</summary>
    public static readonly VcasSettings Settings = new(new Fixed(new VcasOptions()), new FakeTimeProvider(Monday));

    /// <summary>Seals with a key that nothing else has.</summary>
    public static readonly Sealer Sealer = new(new Keyring(Options.Create(new SealingOptions
    {
        ActiveKey = "fuzz1",
        Keys = { ["fuzz1"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Keyring.KeyBytes)) },
        HashKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Keyring.KeyBytes)),
    })));

    /// <summary>The text of a file beside the sources.</summary>
    public static byte[] Source(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VcasFunctions.sln")))
                return File.ReadAllBytes(Path.Combine(folder.FullName, path));
        }

        throw new DirectoryNotFoundException("No VcasFunctions.sln above " + AppContext.BaseDirectory);
    }

    private sealed class Fixed(VcasOptions options) : IOptionsMonitor<VcasOptions>
    {
        public VcasOptions CurrentValue => options;

        public VcasOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<VcasOptions, string?> listener) => null;
    }
}
