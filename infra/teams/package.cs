#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
// Packs the Teams app for a force: manifest with its own names, and the icons, in one zip.
// dotnet run infra/teams/package.cs -- --host vcas.example.org --app-id <guid> --client-id <guid>
//     [--resource api://…] [--app-version 1.0.1] [--to call-backs.zip]
// Ends with 0, or with 2 and what is wrong with which argument.
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

var given = new Dictionary<string, string>();
for (var i = 0; i + 1 < args.Length; i += 2) given[args[i]] = args[i + 1];
try
{
    var host = Matching("--host", "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", "the app's host name, in lower case, without https://");
    var app = Id("--app-id", "the Teams app, made once and kept (Vcas:Notifications:TeamsAppId)");
    var client = Id("--client-id", "the registration that sends the notifications");
    given.TryAdd("--resource", $"api://{host}/{client}");
    given.TryAdd("--app-version", "1.0.0");

    // Every address of the committed manifest is on this host.
    var manifest = JsonNode.Parse(File.ReadAllText(Beside("manifest.json")).Replace("host.example", host, StringComparison.Ordinal))!;
    manifest["id"] = app;
    manifest["version"] = Matching(
        "--app-version", @"^\d{1,5}\.\d{1,5}\.\d{1,5}$", "three numbers with dots between; Teams takes an update only under a higher one");
    manifest["webApplicationInfo"]!["id"] = client;
    manifest["webApplicationInfo"]!["resource"] = Matching(
        "--resource", "^api://[A-Za-z0-9./-]+$", "the Application ID URI of the registration, api://…");

    var to = given.GetValueOrDefault("--to", "call-backs.zip");
    using (var zip = new ZipArchive(File.Create(to), ZipArchiveMode.Create))
    {
        using (var writer = new StreamWriter(zip.CreateEntry("manifest.json").Open()))
            writer.Write(manifest.ToJsonString(
                new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        foreach (var icon in (string[])["color.png", "outline.png"]) zip.CreateEntryFromFile(Beside(icon), icon);
    }

    Console.WriteLine($"Written: {Path.GetFullPath(to)}. Upload it in the Teams admin centre.");
    return 0;
}
catch (ArgumentException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}

string Id(string name, string whose) =>
    Matching(name, "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", $"the id of {whose}, a GUID in lower case");

string Matching(string name, string pattern, string what) =>
    given.GetValueOrDefault(name) is { } value && Regex.IsMatch(value, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        ? value
        : throw new ArgumentException($"{name} must be {what}.");

static string Beside(string file, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, file);
