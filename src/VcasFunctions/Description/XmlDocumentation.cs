using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace VcasFunctions.Description;

/// <summary>
/// What the comments in the code say of a type or a member, from the files that the compiler writes beside the assemblies.
/// Where such a file is missing nothing is said.
/// </summary>
internal static partial class XmlDocumentation
{
    private static readonly Dictionary<string, XElement> Members = Read(
        typeof(XmlDocumentation).Assembly, typeof(Vcas.Domain.IRule).Assembly);

    /// <summary>The summary of a type or property, or null if it has none.</summary>
    public static string? Of(MemberInfo member) => member switch
    {
        Type type => TextOf($"T:{type.FullName}"),
        // A positional record's property is described as the type's parameter.
        PropertyInfo property => TextOf($"P:{property.DeclaringType!.FullName}.{property.Name}") ?? ParameterOf(property),
        _ => null,
    };

    private static string? ParameterOf(PropertyInfo property) =>
        Members.TryGetValue($"T:{property.DeclaringType!.FullName}", out var type)
            ? Plain(type.Elements("param").FirstOrDefault(parameter => (string?)parameter.Attribute("name") == property.Name))
            : null;

    private static string? TextOf(string id) => Members.TryGetValue(id, out var member) ? Plain(member.Element("summary")) : null;

    private static string? Plain(XElement? element)
    {
        if (element is null) return null;
        // <see cref="T:Some.Name"/> reads as its last word.
        foreach (var reference in element.Descendants("see").ToList())
            reference.ReplaceWith(
                ((string?)reference.Attribute("cref"))?.Split('.', ':')[^1] ?? (string?)reference.Attribute("langword") ?? "");
        var text = Blanks().Replace(element.Value, " ").Trim();
        return text.Length == 0 ? null : text;
    }

    private static Dictionary<string, XElement> Read(params Assembly[] assemblies) => assemblies
        .Select(assembly => Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml"))
        .Where(File.Exists)
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .ToDictionary(member => (string)member.Attribute("name")!);

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
