using Microsoft.Extensions.Configuration;

namespace LocalAzure.Functions;

/// <summary>Replaces <c>%Setting%</c> in a trigger's text by the setting's value.</summary>
internal static class BindingExpression
{
    /// <summary>The text with every setting in its place.</summary>
    /// <exception cref="FunctionException">A setting is missing, or a percent sign stands alone.</exception>
    public static string Resolve(string function, string text, IConfiguration configuration)
    {
        var parts = text.Split('%');
        if (parts.Length % 2 == 0) throw new FunctionException(function, $"names '{text}', in which a percent sign stands alone.");
        for (var i = 1; i < parts.Length; i += 2)
        {
            // Settings come with colons here, and Azure's portal writes them with two underscores.
            parts[i] = configuration[parts[i]]
                ?? configuration[parts[i].Replace("__", ":", StringComparison.Ordinal)]
                ?? throw new FunctionException(function, $"names the setting '{parts[i]}', which has no value.");
        }

        return string.Concat(parts);
    }
}
