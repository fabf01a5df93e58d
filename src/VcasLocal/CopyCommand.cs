using LocalAzure;
using LocalAzure.Storage;
using Microsoft.Extensions.Configuration;

namespace VcasLocal;

/// <summary><c>--copy FOLDER</c>: copies the data folder, also while another process works on it, and ends.</summary>
public static class CopyCommand
{
    private const string Option = "copy";

    /// <summary>Where the copy is to be; null where none is asked for.</summary>
    public static string? TargetOf(string[] args) => Settings(args)[Option];

    /// <summary>Takes the copy and tells what is in it.</summary>
    /// <exception cref="StorageException">It can't be taken.</exception>
    public static int Run(string[] args, TextWriter output)
    {
        var folder = Settings(args)[$"{LocalAzureOptions.Section}:{nameof(LocalAzureOptions.Data)}"] ?? new LocalAzureOptions().Data;
        var taken = DataCopy.Take(folder, TargetOf(args)!);
        output.WriteLine($"Copied to {taken.Folder}: {string.Join(", ", taken.Files)} ({taken.Bytes / 1024:N0} kB), and looked through.");
        output.WriteLine(
            $"It holds the keys as well as the data: keep it where nobody else reads it. To start from it: DATA='{taken.Folder}' ./run");
        return 0;
    }

    // Not the app's own settings: they would make a vault where there is none.
    private static IConfigurationRoot Settings(string[] args) =>
        new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
}
