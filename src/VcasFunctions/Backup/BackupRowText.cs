using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using VcasFunctions.Http;

namespace VcasFunctions.Backup;

/// <summary>A row as a line of text and back, with the type of each value. What the service adds by itself is left out.</summary>
internal static class BackupRowText
{
    private static readonly string[] OfTheService = ["odata.etag", "Timestamp"];

    public static string Write(TableEntity row)
    {
        var line = new JsonObject();
        foreach (var (name, value) in row)
        {
            if (OfTheService.Contains(name) || value is null) continue;
            line[name] = value switch
            {
                string text => text,
                bool flag => flag,
                int number => number,
                long number => Typed("int64", number.ToString(CultureInfo.InvariantCulture)),
                double number => Typed("double", number.ToString("R", CultureInfo.InvariantCulture)),
                DateTimeOffset instant => Typed("dateTime", instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
                DateTime instant => Typed("dateTime", instant.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)),
                Guid id => Typed("guid", id.ToString("D")),
                byte[] bytes => Typed("binary", Convert.ToBase64String(bytes)),
                BinaryData bytes => Typed("binary", Convert.ToBase64String(bytes)),
                // A value that was left out silently would be missing on the day when it is needed.
                _ => throw new NotSupportedException($"A column of type {value.GetType().Name} can't be written to a backup."),
            };
        }

        return line.ToJsonString(Json.Stored);
    }

    public static TableEntity Read(string line)
    {
        var row = new TableEntity();
        foreach (var (name, value) in JsonNode.Parse(line)!.AsObject()) row[name] = Value(name, value!);
        return row;
    }

    private static JsonObject Typed(string type, string value) => new() { [type] = value };

    private static object Value(string name, JsonNode value)
    {
        if (value is JsonObject typed)
        {
            var (type, text) = (typed.Single().Key, (string)typed.Single().Value!);
            return type switch
            {
                "int64" => long.Parse(text, CultureInfo.InvariantCulture),
                "double" => double.Parse(text, CultureInfo.InvariantCulture),
                "dateTime" => DateTimeOffset.Parse(
                    text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
                "guid" => Guid.ParseExact(text, "D"),
                "binary" => Convert.FromBase64String(text),
                _ => throw new FormatException($"The column {name} has the type {type}, which this version doesn't know."),
            };
        }

        return value.GetValueKind() switch
        {
            JsonValueKind.String => (string)value!,
            JsonValueKind.True or JsonValueKind.False => (bool)value,
            JsonValueKind.Number => (int)value,
            var kind => throw new FormatException($"The column {name} is {kind}."),
        };
    }
}
