using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace LocalAzure.Functions;

/// <summary>
/// The public methods of an assembly that bear an attribute, as its metadata lists them. To ask each type for its methods makes objects
/// of all of them, some thousands, that stay for as long as the process does: a third of what a start allocated, for eighty functions.
/// </summary>
internal static class MarkedMethods
{
    /// <summary>Them, in the order in which they are declared.</summary>
    /// <param name="assembly">One that was loaded from a file.</param>
    /// <param name="attribute">The attribute's type, which another assembly declares.</param>
    public static IEnumerable<MethodInfo> Of(Assembly assembly, Type attribute)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var marked = metadata.CustomAttributes
            .Select(metadata.GetCustomAttribute)
            .Where(found => found.Parent.Kind == HandleKind.MethodDefinition && IsOf(attribute, found.Constructor, metadata))
            .Select(found => MetadataTokens.GetToken(found.Parent));
        var methods = marked.Order().Select(token => (MethodInfo)assembly.ManifestModule.ResolveMethod(token)!);
        return [.. methods.Where(method => method.IsPublic)];
    }

    private static bool IsOf(Type attribute, EntityHandle constructor, MetadataReader metadata)
    {
        if (constructor.Kind != HandleKind.MemberReference) return false;
        var declaring = metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent;
        if (declaring.Kind != HandleKind.TypeReference) return false;
        var type = metadata.GetTypeReference((TypeReferenceHandle)declaring);
        return metadata.StringComparer.Equals(type.Name, attribute.Name)
            && metadata.StringComparer.Equals(type.Namespace, attribute.Namespace!);
    }
}
