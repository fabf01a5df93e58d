using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.DurableTask;

namespace LocalAzure.DurableTask.History;

/// <summary>
/// Histories as JSON to be kept beside the code: readable, stable (one object for each event, its type's name first, nulls left
/// out), and good for a diff.
/// </summary>
internal static class HistoryJson
{
    private const int Format = 1;

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutStackTraces } },
    };

    private static readonly Dictionary<string, Type> Types = typeof(HistoryEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(HistoryEvent)) && !type.IsAbstract).ToDictionary(type => type.Name);

    public static string Write(Execution execution, IEnumerable<Episode> episodes)
    {
        var document = new JsonObject
        {
            ["format"] = Format,
            ["name"] = execution.Name,
            ["instanceId"] = execution.InstanceId,
            ["version"] = execution.Version,
            ["input"] = execution.Input,
            ["parent"] = execution.Parent is { } parent ? new JsonObject { ["name"] = parent.Name, ["instanceId"] = parent.InstanceId } : null,
            ["events"] = new JsonArray([.. episodes.SelectMany(episode => episode.Events).Select(Write)]),
        };
        return document.ToJsonString(Readable) + "\n";
    }

    /// <exception cref="FormatException">It is no history of a format known here.</exception>
    public static (Execution Execution, List<Episode> Episodes) Read(string json)
    {
        try
        {
            var document = JsonNode.Parse(json)!.AsObject();
            if ((int?)document["format"] != Format) throw new FormatException($"History format {document["format"]} is not known; this reads {Format}.");
            var parent = document["parent"] is { } node ? new ParentLink(0, 0, (string)node["name"]!, (string)node["instanceId"]!) : null;
            var execution = new Execution(
                0, (string)document["instanceId"]!, (string)document["name"]!, (string?)document["version"] ?? "", (string?)document["input"], parent);
            return (execution, Episode.Cut(document["events"]!.AsArray().Select(item => Read(item!.AsObject()))));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or NullReferenceException or ArgumentException or OverflowException)
        {
            throw new FormatException($"This is no exported history: {failure.Message}", failure);
        }
    }

    private static JsonObject Write(HistoryEvent item)
    {
        var written = JsonSerializer.SerializeToNode(item, item.GetType(), Readable)!.AsObject();
        written.Insert(0, "type", item.GetType().Name);
        return written;
    }

    private static HistoryEvent Read(JsonObject item)
    {
        var name = (string?)item["type"];
        if (name is null || !Types.TryGetValue(name, out var type)) throw new FormatException($"Event type '{name}' is not known.");
        var bare = item.DeepClone().AsObject();
        bare.Remove("type");
        return (HistoryEvent)bare.Deserialize(type, Readable)!;
    }

    // A failure's properties are never filled here, and its stack trace differs from build to build.
    private static void WithoutStackTraces(JsonTypeInfo info)
    {
        if (info.Type != typeof(TaskFailureDetails)) return;
        foreach (var property in info.Properties.Where(property => property.Name is "stackTrace" or "properties").ToList())
            property.ShouldSerialize = static (_, _) => false;
    }
}
