using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text;
using Azure;
using Azure.Data.Tables;

namespace LocalAzure.Tables.Entities;

/// <summary>
/// The mapper for a class of the caller's own. It reflects once and compiles an accessor for each public property and field,
/// by the genuine client's rules: <see cref="IgnoreDataMemberAttribute"/> leaves one out, <see cref="DataMemberAttribute"/>
/// renames it, getters are written, setters (init ones too) are read.
/// </summary>
internal sealed class ReflectedMapper<T> : EntityMapper<T>
    where T : ITableEntity
{
    private readonly Member[] members = [.. typeof(T)
        .GetMembers(BindingFlags.Public | BindingFlags.Instance)
        .Where(IsMapped)
        .Select(Member.Of)];

    public override T Read(string partitionKey, string rowKey, long ticks, ReadOnlySpan<byte> body, Selection selection)
    {
        var entity = Activator.CreateInstance<T>();
        entity.ETag = new ETag(EntityTag.Format(ticks));
        if (selection.Has("PartitionKey"u8)) entity.PartitionKey = partitionKey;
        if (selection.Has("RowKey"u8)) entity.RowKey = rowKey;
        if (selection.Has("Timestamp"u8)) entity.Timestamp = new DateTimeOffset(ticks, TimeSpan.Zero);
        var reader = new EntityReader(body);

        // Properties were written in the members' order, so the next member is nearly always the right one.
        var next = 0;
        while (reader.Next())
        {
            var index = IndexOf(reader.Name, next);
            if (index < 0 || !selection.Has(reader.Name)) continue;
            members[index].Read(entity, reader.Value);
            next = index + 1;
        }

        return entity;
    }

    protected override void Write(ITableEntity entity, EntityWriter writer)
    {
        foreach (var member in members) member.Write((T)entity, writer);
    }

    private static bool IsMapped(MemberInfo member) =>
        member is FieldInfo or PropertyInfo { GetMethod.IsStatic: not true }
        && !(member is PropertyInfo property && property.GetIndexParameters().Length > 0)
        && !member.IsDefined(typeof(IgnoreDataMemberAttribute))
        && member.Name is not (PartitionKey or RowKey or Timestamp or nameof(ITableEntity.ETag));

    private int IndexOf(ReadOnlySpan<byte> name, int expected)
    {
        for (var step = 0; step < members.Length; step++)
        {
            var index = expected + step;
            if (index >= members.Length) index -= members.Length;
            if (members[index].Utf8Name.AsSpan().SequenceEqual(name)) return index;
        }

        return -1;
    }

    private abstract class Member(string name)
    {
        public string Name { get; } = name;

        public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

        public static Member Of(MemberInfo info)
        {
            var type = info is PropertyInfo property ? property.PropertyType : ((FieldInfo)info).FieldType;
            var name = info.GetCustomAttribute<DataMemberAttribute>()?.Name ?? info.Name;
            return (Member)Activator.CreateInstance(typeof(Member<>).MakeGenericType(typeof(T), type), name, info)!;
        }

        public abstract void Write(T entity, EntityWriter writer);

        public abstract void Read(T entity, EdmValue value);
    }

    private sealed class Member<TValue> : Member
    {
        private readonly EdmConverter<TValue> converter = (EdmConverter<TValue>)EdmConverters.For(typeof(TValue));
        private readonly Func<T, TValue>? getter;
        private readonly Action<T, TValue?>? setter;

        public Member(string name, MemberInfo info)
            : base(name)
        {
            var entity = Expression.Parameter(typeof(T));
            var value = Expression.Parameter(typeof(TValue));
            var access = Expression.MakeMemberAccess(entity, info);
            if (info is not PropertyInfo { GetMethod: null or { IsPublic: false } })
                getter = Expression.Lambda<Func<T, TValue>>(access, entity).Compile();
            if (info is PropertyInfo { SetMethod: not null } or FieldInfo { IsInitOnly: false })
                setter = Expression.Lambda<Action<T, TValue?>>(Expression.Assign(access, value), entity, value).Compile();
        }

        public override void Write(T entity, EntityWriter writer)
        {
            if (getter is not null) converter.Write(writer, Name, getter(entity));
        }

        public override void Read(T entity, EdmValue value)
        {
            if (setter is not null) setter(entity, converter.Read(value));
        }
    }
}
