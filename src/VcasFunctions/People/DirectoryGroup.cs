using Microsoft.Graph;

namespace VcasFunctions.People;

/// <summary>Reads the people of a group with their names, groups within it included. Apart, because Graph's library is large.</summary>
internal static class DirectoryGroup
{
    /// <summary>The most people of one group: nobody chooses among more.</summary>
    public const int Most = 500;

    private const int PageSize = 250;

    /// <summary>Those whom the directory gives a name.</summary>
    /// <exception cref="NamesHiddenException">There are people, and none has a name.</exception>
    public static async Task<IReadOnlyList<DirectoryPerson>> ReadAsync(
        GraphServiceClient graph, string group, CancellationToken cancellation)
    {
        var (people, members) = (new List<DirectoryPerson>(), 0);
        // What the directory asks for where it is to look through groups within groups and give people alone.
        var page = await graph.Groups[group].TransitiveMembers.GraphUser.GetAsync(
            request =>
            {
                request.QueryParameters.Select = ["id", "displayName"];
                request.QueryParameters.Count = true;
                request.QueryParameters.Top = PageSize;
                request.Headers.Add("ConsistencyLevel", "eventual");
            },
            cancellation);
        while (page is not null)
        {
            foreach (var user in page.Value ?? [])
            {
                members++;
                if (PersonName.Of(user.DisplayName) is { } name && user.Id is { } id)
                    people.Add(new DirectoryPerson(id.ToLowerInvariant(), name));
            }

            page = people.Count < Most && page.OdataNextLink is { Length: > 0 } next
                ? await graph.Groups[group].TransitiveMembers.GraphUser.WithUrl(next)
                    .GetAsync(request => request.Headers.Add("ConsistencyLevel", "eventual"), cancellation)
                : null;
        }

        // Who may read the group and no users gets ids alone, with 200:
        // https://learn.microsoft.com/graph/permissions-overview#limited-information-returned-for-inaccessible-member-objects
        if (members > 0 && people.Count == 0) throw new NamesHiddenException();
        return people.Count > Most ? people[..Most] : people;
    }
}

/// <summary>The directory gives people without their names: the app has no consent to read users.</summary>
internal sealed class NamesHiddenException : Exception;
