#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
// Fills a force's own names into the connector's two files, which then can be uploaded:
// dotnet run infra/powerapps/prepare.cs -- --host vcas.example.org --tenant <guid> --client-id <guid> --api-client-id <guid> --to out
// Ends with 0, or with 2 and what is wrong with which argument.
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
    var (tenant, client, api) = (
        Id("--tenant", "the tenant"), Id("--client-id", "the connector's registration"), Id("--api-client-id", "the app's registration"));
    var to = given.GetValueOrDefault("--to", "connector");

    var definition = Read("apiDefinition.swagger.json");
    definition["host"] = host;

    var properties = Read("apiProperties.json");
    var signIn = properties["properties"]!["connectionParameters"]!["token"]!["oAuthSettings"]!;
    signIn["clientId"] = client;
    signIn["properties"]!["AzureActiveDirectoryResourceId"] = $"api://{api}";
    signIn["customParameters"]!["tenantId"]!["value"] = tenant;
    signIn["customParameters"]!["resourceUri"]!["value"] = $"api://{api}";

    Directory.CreateDirectory(to);
    Write("apiDefinition.swagger.json", definition);
    Write("apiProperties.json", properties);
    Console.WriteLine(
        $"Written to {Path.GetFullPath(to)}. The secret of {client} is asked for when you upload them; it stands in no file.");
    return 0;

    void Write(string name, JsonNode content) => File.WriteAllText(
        Path.Combine(to, name), content.ToJsonString(
            new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            + "\n");
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

static JsonNode Read(string name, [CallerFilePath] string here = "") =>
    JsonNode.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, name)))!;
