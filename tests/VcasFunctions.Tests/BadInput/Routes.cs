using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace VcasFunctions.Tests.BadInput;

/// <summary>The API's routes, found where they are declared.</summary>
internal sealed record AppRoute(string Function, string Method, string Template)
{
    /// <summary>Every method of every HTTP function of the API; HEAD is GET without the body.</summary>
    public static readonly IReadOnlyList<AppRoute> All =
        [.. Declared.Where(route => route.Template.StartsWith("api/", StringComparison.Ordinal) && route.Method != "HEAD")];

    /// <summary>The same of the pages that it serves besides.</summary>
    public static readonly IReadOnlyList<AppRoute> Pages = [.. Declared.Where(
        route => !route.Template.StartsWith("api/", StringComparison.Ordinal))];

    private static IEnumerable<AppRoute> Declared =>
        from type in typeof(VcasApplication).Assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        let trigger = method.GetParameters()
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(found => found is not null)
        where trigger is not null
        from verb in trigger.Methods ?? []
        orderby function.Name
        select new AppRoute(function.Name, verb.ToUpperInvariant(), trigger.Route ?? function.Name);

    /// <summary>The path for one id, query left out.</summary>
    public string PathFor(string id) =>
        // A team's name is no id: it is one that every test's app has.
        "/" + System.Text.RegularExpressions.Regex.Replace(
            Template.Replace("{team}", "north", StringComparison.Ordinal), @"\{[^}]+\}", id, default, TimeSpan.FromSeconds(1));
}
