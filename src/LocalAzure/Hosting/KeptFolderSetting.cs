using Microsoft.Extensions.Configuration;

namespace LocalAzure.Hosting;

/// <summary>
/// Gives the app the folder for what is written once, under the name of whichever setting it reads; the data folder may be set after this.
/// </summary>
internal sealed class KeptFolderSetting(IConfiguration configuration) : ConfigurationProvider, IConfigurationSource
{
    private const string Folder = "kept";

    private string? Name => configuration["LocalAzure:KeptFolderSetting"];

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override bool TryGet(string key, out string? value)
    {
        var isThis = !key.StartsWith("LocalAzure:", StringComparison.OrdinalIgnoreCase)
            && string.Equals(key, Name, StringComparison.OrdinalIgnoreCase);
        value = isThis ? Path.Combine(Path.GetFullPath(configuration["LocalAzure:Data"] ?? new LocalAzureOptions().Data), Folder) : null;
        return isThis;
    }
}
