using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Settings;

namespace VcasFunctions.Tests.Documents;

/// <summary>The page of settings names every setting that the app reads, and no other.</summary>
public sealed partial class SettingListTests(SharedApp shared)
{
    [Fact]
    public void The_page_names_every_setting_and_no_other()
    {
        var page = File.ReadAllText(Path.Combine(Golden.Root, "docs/reference/settings.md"));
        var rows = page.Split('\n').Where(line => line.StartsWith("| `Vcas:", StringComparison.Ordinal));
        var named = rows.SelectMany(row => Setting().Matches(row.Split('|')[1])).Select(match => match.Groups["name"].Value).ToList();
        var read = shared.App.Services.GetServices<SettingsSection>().SelectMany(section => Of(section.Options, section.Path)).ToList();

        Assert.True(read.Count > 50, $"Only {read.Count} settings were found.");
        Assert.Equal(read.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    // A place in a list is {n}; a name among named things is {name}, and {id} where it names a key.
    private static IEnumerable<string> Of(Type type, string path)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(CanBeSet))
        {
            var (value, name) = (property.PropertyType, $"{path}:{property.Name}");
            if (value.IsGenericType && value.GetGenericTypeDefinition() == typeof(Dictionary<,>))
            {
                value = value.GetGenericArguments()[1];
                name += value == typeof(string) ? ":{id}" : ":{name}";
            }
            else if (value.IsGenericType && value.IsAssignableTo(typeof(System.Collections.IEnumerable)))
            {
                yield return name + ":{n}";
                continue;
            }

            if (!value.IsClass || value == typeof(string) || value == typeof(Uri)) yield return name;
            else foreach (var below in Of(value, name)) yield return below;
        }
    }

    private static bool CanBeSet(PropertyInfo property) => property.SetMethod is { IsPublic: true };

    [GeneratedRegex("`(?<name>Vcas(:[A-Za-z0-9{}]+)+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();
}
