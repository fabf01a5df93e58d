using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;

namespace LocalAzure.Tables.Entities;

/// <summary>Turns entities into bodies. One for each entity type, made once.</summary>
internal abstract class EntityMapper
{
    protected const string PartitionKey = "PartitionKey";
    protected const string RowKey = "RowKey";
    protected const string Timestamp = "Timestamp";
    protected const string ODataETag = "odata.etag";

    private static readonly ConcurrentDictionary<Type, EntityMapper> ByType = new();

    /// <summary>Serializes as the genuine client does: by the type that the entity really has.</summary>
    /// <exception cref="RequestFailedException">400: a limit of the service is broken.</exception>
    public static byte[] ToBody(ITableEntity entity)
    {
        var mapper = entity is TableEntity ? TableEntityMapper.Instance : Of(entity.GetType());
        var writer = EntityWriter.Rent();
        mapper.Write(entity, writer);
        return writer.Finish(entity.PartitionKey.Length + entity.RowKey.Length);
    }

    public static EntityMapper<T> For<T>()
        where T : class, ITableEntity => (EntityMapper<T>)Of(typeof(T));

    protected abstract void Write(ITableEntity entity, EntityWriter writer);

    private static EntityMapper Of(Type type) => ByType.GetOrAdd(type, static wanted =>
        wanted == typeof(TableEntity)
            ? TableEntityMapper.Instance
            : (EntityMapper)Activator.CreateInstance(typeof(ReflectedMapper<>).MakeGenericType(wanted))!);
}

/// <summary>Turns rows into entities.</summary>
internal abstract class EntityMapper<T> : EntityMapper
{
    /// <summary>Makes the entity of a row, with the properties that were asked for.</summary>
    public abstract T Read(string partitionKey, string rowKey, long ticks, ReadOnlySpan<byte> body, Selection selection);
}

/// <summary>The dictionary-like entity of the genuine library.</summary>
internal sealed class TableEntityMapper : EntityMapper<TableEntity>
{
    public static readonly TableEntityMapper Instance = new();

    public override TableEntity Read(string partitionKey, string rowKey, long ticks, ReadOnlySpan<byte> body, Selection selection)
    {
        var entity = new TableEntity { [ODataETag] = EntityTag.Format(ticks) };
        if (selection.Has("PartitionKey"u8)) entity.PartitionKey = partitionKey;
        if (selection.Has("RowKey"u8)) entity.RowKey = rowKey;
        if (selection.Has("Timestamp"u8)) entity.Timestamp = new DateTimeOffset(ticks, TimeSpan.Zero);
        var reader = new EntityReader(body);
        while (reader.Next())
        {
            if (selection.Has(reader.Name)) entity[NameCache.Get(reader.Name)] = reader.Value.Boxed();
        }

        return entity;
    }

    protected override void Write(ITableEntity entity, EntityWriter writer)
    {
        foreach (var (name, value) in (TableEntity)entity)
        {
            if (name is PartitionKey or RowKey or Timestamp or ODataETag) continue;
            switch (value)
            {
                // The service stores no nulls: a null is a property that isn't there.
                case null: break;
                case string text: writer.Write(name, text); break;
                case int number: writer.Write(name, number); break;
                case long number: writer.Write(name, number); break;
                case double number: writer.Write(name, number); break;
                case bool truth: writer.Write(name, truth); break;
                case Guid guid: writer.Write(name, guid); break;
                case DateTimeOffset instant: writer.Write(name, instant); break;
                case DateTime instant: writer.Write(name, instant); break;
                case byte[] bytes: writer.Write(name, bytes.AsSpan()); break;
                case BinaryData bytes: writer.Write(name, bytes.ToMemory().Span); break;
                default: throw new NotSupportedException($"Property '{name}' has the type {value.GetType()}, which a table can't hold.");
            }
        }
    }
}
