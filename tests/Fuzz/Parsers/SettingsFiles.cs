using LocalAzure.Functions;
using LocalAzure.Hosting;
using Microsoft.Extensions.Configuration;
using Shared;

namespace Fuzz.Parsers;

/// <summary>Files and expressions that whoever sets the app up writes. What is wrong stops the start with a sentence.</summary>
internal static class SettingsFiles
{
    private static readonly string Folder = FolderOfThisRun();

    private static readonly IConfiguration Nothing = new ConfigurationBuilder().Build();

    private static readonly IConfiguration Values = new ConfigurationBuilder()
        .AddInMemoryCollection(
            [KeyValuePair.Create("Vcas:Referrals:Queue", (string?)"referrals"), KeyValuePair.Create("A", (string?)"%B%")])
        .Build();

    private static readonly byte[][] Words =
    [
        .. "{ } [ ] : , \" // /* null true 1 \"a\": \"extensions\":{ \"logLevel\":{ \"__\":".Split(' ')
            .Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    public static readonly IReadOnlyList<Parser> Parsers =
    [
        Parser.Of("host-json", Mutations.Bytes([Given.Source("host.json")], Words), bytes => Stops(() =>
        {
            File.WriteAllBytes(Path.Combine(Folder, "host.json"), bytes);
            var host = HostJson.Read(Nothing, Folder);
            _ = host.RoutePrefix;
            _ = host.LogLevels.Count() + host.DurableTask.AsEnumerable().Count();
        })),
        Parser.Of("local-settings", Mutations.Bytes([Given.Source("src/VcasFunctions/local.settings.json")], Words), bytes => Stops(() =>
        {
            File.WriteAllBytes(Path.Combine(Folder, "local.settings.json"), bytes);
            new ConfigurationBuilder().AddInMemoryCollection(LocalSettings.Read(Nothing, Folder)).Build();
        })),
        Parser.Of(
            "binding-expression",
            Mutations.Texts(["%Vcas:Referrals:Queue%", "%Vcas__Referrals__Queue%", "a%A%b%%", "%%"], "%", ":", "__", "A"),
            text => Stops(() => BindingExpression.Resolve("F", text, Values))),
    ];

    private static string FolderOfThisRun()
    {
        var folder = new TemporaryFolder("fuzz-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return folder.Path;
    }

    private static void Stops(Action action)
    {
        try
        {
            action();
        }
        catch (Exception stopped) when (stopped is InvalidDataException or FunctionException)
        {
            // What stops the start.
        }
    }
}
