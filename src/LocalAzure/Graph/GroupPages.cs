using System.Globalization;
using System.Web;

namespace LocalAzure.Graph;

/// <summary>Who is in a group, page by page, as Graph lists transitive members that are users.</summary>
internal static class GroupPages
{
    private const int UsualPage = 100;
    private const int LargestPage = 999;

    /// <summary>A page of it as a body; or else why it is refused.</summary>
    public static (object? Page, string? Refusal) Read(HttpRequestMessage request, IReadOnlyList<string> members)
    {
        var address = request.RequestUri!;
        var query = HttpUtility.ParseQueryString(address.Query);
        // The directory looks through groups within groups and gives one kind alone only to anyone who asks for it so.
        var isAdvanced = request.Headers.TryGetValues("ConsistencyLevel", out var levels)
            && levels.Contains("eventual", StringComparer.OrdinalIgnoreCase);
        var isCounted = query["$skiptoken"] is not null || query["$count"] == "true";
        if (!isAdvanced || !isCounted)
            return (null, "A cast of transitiveMembers takes the header ConsistencyLevel: eventual and $count=true.");
        var size = query["$top"] is { } top ? Number(top) : UsualPage;
        if (size is < 1 or > LargestPage) return (null, $"'$top' lies between 1 and {LargestPage}.");

        var from = Number(query["$skiptoken"]);
        var page = new Dictionary<string, object>
        {
            ["@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata#users(id)",
            ["value"] = members.Skip(from).Take(size).Select(User).ToList(),
        };
        if (from + size < members.Count)
            page["@odata.nextLink"] = $"{address.GetLeftPart(UriPartial.Path)}?$select=id&$top={size}&$skiptoken={from + size}";
        return (page, null);
    }

    private static Dictionary<string, string> User(string id) => new() { ["@odata.type"] = "#microsoft.graph.user", ["id"] = id };

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
