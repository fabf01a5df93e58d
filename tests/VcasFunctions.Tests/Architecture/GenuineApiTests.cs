using System.Text;
using Mono.Cecil;

namespace VcasFunctions.Tests.Architecture;

/// <summary>
/// Every type and member of the published libraries that the compiled app asks for, by its whole signature, as a list that people
/// compare with the genuine sources. LocalAzure may declare something that the genuine library doesn't have; the Azure build would
/// then not compile, on a machine that can build it. This is where that is noticed before.
/// </summary>
public sealed class GenuineApiTests
{
    private const string File = "docs/genuine-api.md";

    [Fact]
    public void What_the_app_uses_of_the_published_libraries_is_what_was_compared_with_their_sources()
    {
        using var app = ModuleDefinition.ReadModule(typeof(VcasApplication).Assembly.Location);
        var types = app.GetTypeReferences().Where(IsStoodInFor).Select(type => type.FullName).ToList();
        var members = app.GetMemberReferences().Where(member => IsStoodInFor(member.DeclaringType)).ToList();
        Assert.True(types.Count > 20, $"Only {types.Count} types were found: {string.Join(", ", types)}");

        var text = new StringBuilder(Head);
        foreach (var type in types.Order(StringComparer.Ordinal))
        {
            text.Append($"\n## `{type}`\n");
            var used = members.Where(member => member.DeclaringType.GetElementType().FullName == type).Select(Sign).Concat(NamedArguments(app, type))
                .Distinct().Order(StringComparer.Ordinal).ToList();
            if (used.Count > 0) text.Append('\n');
            foreach (var member in used) text.Append($"- `{member}`\n");
        }

        Golden.Holds(File, text.ToString());
    }

    private const string Head =
        """
        # What the app uses of the published libraries

        Made from the compiled app, which in the local build takes all this from LocalAzure. A test fails when the app begins to use anything
        else: compare that with the genuine source at the version in `Directory.Packages.props` (name, parameters, defaults, nullability),
        note it in the README of the part of LocalAzure that declares it, then write this file anew with `VCAS_WRITE_GOLDEN=1`.

        """;

    private static bool IsStoodInFor(TypeReference type) => type.GetElementType().Scope.Name == "LocalAzure";

    private static string Sign(MemberReference member)
    {
        var full = member.FullName.Replace($"{member.DeclaringType.FullName}::", "", StringComparison.Ordinal);
        return full.Replace("System.Threading.Tasks.", "", StringComparison.Ordinal).Replace("System.Threading.", "", StringComparison.Ordinal);
    }

    // What an attribute is told by name leaves no reference to the property behind.
    private static IEnumerable<string> NamedArguments(ModuleDefinition app, string type) =>
        from declared in app.GetTypes()
        from method in declared.Methods
        from attribute in method.CustomAttributes.Concat(method.Parameters.SelectMany(parameter => parameter.CustomAttributes))
        where attribute.AttributeType.FullName == type
        from argument in attribute.Properties
        select $"{argument.Argument.Type.FullName} {argument.Name} {{ set; }}";
}
