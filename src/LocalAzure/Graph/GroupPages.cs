using System.Globalization;
using System.Web;

namespace LocalAzure.Graph;

/// <summary>Who is in a group, page by page, as Graph lists transitive members that are users.</summary>
internal static class GroupPages
{
    private const int UsualPage = 100;
    private const int LargestPage = 999;

    private static readonly string[] Known = ["id", "displayName"];

    /// <summary>A page of it as a body; or else why it is refused.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="members">The ids of all who are in the group.</param>
    /// <param name="nameOf">What somebody is called.</param>
    public static (object? Page, string? Refusal) Read(
        HttpRequestMessage request, IReadOnlyList<string> members, Func<string, string?> nameOf)
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
        var select = query["$select"] ?? "id";
        var selected = select.Split(',');
        if (selected.Except(Known).FirstOrDefault() is { } other) return (null, $"'{other}' is not stood in for here.");

        var from = Number(query["$skiptoken"]);
        var page = new Dictionary<string, object>
        {
            ["@odata.context"] = $"https://graph.microsoft.com/v1.0/$metadata#users({select})",
            ["value"] = members.Skip(from).Take(size).Select(id => User(id, selected, nameOf)).ToList(),
        };
        if (from + size < members.Count)
            page["@odata.nextLink"] = $"{address.GetLeftPart(UriPartial.Path)}?$select={select}&$top={size}&$skiptoken={from + size}";
        return (page, null);
    }

    // Whoever may not read users gets their ids alone, and null for the rest:
    // https://learn.microsoft.com/graph/permissions-overview#limited-information-returned-for-inaccessible-member-objects
    private static Dictionary<string, string?> User(string id, string[] selected, Func<string, string?> nameOf)
    {
        var user = new Dictionary<string, string?> { ["@odata.type"] = "#microsoft.graph.user", ["id"] = id };
        if (selected.Contains("displayName")) user["displayName"] = nameOf(id);
        return user;
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
