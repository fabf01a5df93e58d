using LocalAzure.Identity;

namespace LocalAzure.Graph;

/// <summary>Who is in which group and what they are called: what is set for Graph, and whom the local issuer signs in.</summary>
internal sealed class LocalDirectory(LocalGraphOptions options, LocalIdentityOptions identity)
{
    private readonly Dictionary<string, IList<string>> groups = new(options.Groups, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> names = new(
        identity.People.Values.Where(person => person.Name is not null)
            .Select(person => KeyValuePair.Create(person.Id, person.Name!))
            .Where(named => !options.Names.ContainsKey(named.Key))
            .Concat(options.Names),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The ids of a group's people.</summary>
    public IReadOnlyList<string> MembersOf(string group)
    {
        if (groups.TryGetValue(group, out var named)) return [.. named];
        var signedIn = identity.People.Values.Where(person => person.Groups.Contains(group, StringComparer.OrdinalIgnoreCase))
            .Select(person => person.Id).ToList();
        return signedIn.Count > 0 ? signedIn : [group];
    }

    /// <summary>What somebody is called; null where nothing is known, or nobody may know.</summary>
    public string? NameOf(string id) => options.HidesNames ? null : names.GetValueOrDefault(id);
}
