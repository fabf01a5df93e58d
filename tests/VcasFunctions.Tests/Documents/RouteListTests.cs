using System.Text;
using System.Text.Json.Nodes;
using VcasFunctions.Description;

namespace VcasFunctions.Tests.Documents;

/// <summary>The page of routes says what the API's own description says, shortly.</summary>
public sealed class RouteListTests
{
    [Fact]
    public void The_page_lists_the_routes_as_the_app_describes_them()
    {
        const string Token = "curl -sX POST 'localhost:7071/local/identity/token?role=caller'";
        var text = new StringBuilder(
            $$"""
            # Routes

            Every route of the API, printed from the description that the app serves at `GET /api/openapi.json`. A test compares the two.
            That description also has each body, each answer and an example. Bodies are JSON in camelCase, unless it says otherwise.

            Everything except health needs a token of Entra ID. On a laptop, get one like this:

            ```sh
            {{Token}}
            ```

            [Who may do what](../access.md) lists the six roles. If a household belongs to another team, the API answers 404, as if it did
            not exist.

            If the API refuses a request, it answers with problem details (RFC 9457). They have a `code` and say what to change:
            [all problems](../problems.md).

            """.ReplaceLineEndings("\n"));
        foreach (var group in Operations().GroupBy(one => (string)one.Operation["tags"]![0]!))
        {
            text.Append($"\n## {group.Key}\n\n| route | what it does | good to know |\n|---|---|---|\n");
            foreach (var (route, operation) in group)
                text.Append($"| {route}{QueryOf(operation)} | {operation["summary"]} | {operation["description"]} |\n");
        }

        Golden.Holds("docs/reference/routes.md", text.ToString());
    }

    private static IEnumerable<(string Route, JsonObject Operation)> Operations() =>
        from path in JsonNode.Parse(ApiDescription.Document)!["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key != "head"
        select ($"`{operation.Key.ToUpperInvariant()} {path.Key}`", operation.Value!.AsObject());

    private static string QueryOf(JsonObject operation)
    {
        var names = (operation["parameters"]?.AsArray() ?? []).Where(parameter => (string?)parameter!["in"] == "query")
            .Select(parameter => $"`{parameter!["name"]}`").ToList();
        return names.Count == 0 ? "" : $"<br>query: {string.Join(", ", names)}";
    }
}
