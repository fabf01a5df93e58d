using System.Globalization;
using Azure;
using Azure.Data.Tables;
using CsCheck;
using Shared;

namespace LocalAzure.Tests.Tables;

/// <summary>Random work done on the local tables and on Azurite: every answer, and what is left at the end, must be the same.</summary>
[Needs(Tool.Node)]
public sealed class SameAsAzuriteTests(Azurite azurite, LocalTables local) : IClassFixture<Azurite>, IClassFixture<LocalTables>
{
    private static readonly Gen<Property> Properties =
        from name in Gen.OneOf("A", "B", "C")
        from type in Gen.Int[0, 7]
        from value in Gen.Int[0, 5]
        select new Property(name, type, value);

    private static readonly Gen<Step> Steps =
        from kind in Gen.OneOf(Enum.GetValues<StepKind>())
        from row in Gen.Int[0, 2]
        from properties in Properties.Array[0, 3]
        from condition in Gen.OneOf(Enum.GetValues<Condition>())
        select new Step(kind, row, properties, condition);

    // One step alone is a call of its own; several are a transaction.
    private static readonly Gen<Step[]> Calls = Gen.Frequency((3, Steps.Array[1]), (1, Steps.Array[2, 4]));

    private enum StepKind
    {
        Add,
        UpdateMerge,
        UpdateReplace,
        UpsertMerge,
        UpsertReplace,
        Delete,
        Get,
    }

    private enum Condition
    {
        Any,
        Current,
        First,
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Random_calls_get_the_same_answers_and_leave_the_same_entities()
    {
        var ours = await TableAsync(local.Client);
        var theirs = await TableAsync(azurite.Client);
        await Calls.Array[1, 12].SampleAsync(
            async calls =>
            {
                var partition = Guid.NewGuid().ToString("N");
                var expected = await PlayAsync(theirs, partition, calls);
                var actual = await PlayAsync(ours, partition, calls);
                Assert.Equal(expected, actual);
            },
            iter: 100,
            print: Describe);
    }

    [Fact]
    public async Task Random_filters_find_the_same_entities()
    {
        var ours = await TableAsync(local.Client);
        var theirs = await TableAsync(azurite.Client);
        var random = new Random(20260329);
        foreach (var entity in Enumerable.Range(0, 60).Select(number => RandomEntity(random, number)))
        {
            await ours.AddEntityAsync(entity, Token);
            await theirs.AddEntityAsync(entity, Token);
        }

        await RandomFilters.Any.SampleAsync(
            async filter => Assert.Equal(await FindAsync(theirs, filter), await FindAsync(ours, filter)),
            iter: 250,
            print: filter => filter);
    }

    private static async Task<TableClient> TableAsync(TableServiceClient service)
    {
        var table = service.GetTableClient("S" + Guid.NewGuid().ToString("N"));
        await table.CreateAsync(Token);
        return table;
    }

    private static async Task<string> FindAsync(TableClient table, string filter) =>
        string.Join(' ', await table.QueryAsync<TableEntity>(filter, cancellationToken: Token)
            .Select(row => $"{row.PartitionKey}/{row.RowKey}").ToListAsync(Token));

    private static TableEntity RandomEntity(Random random, int number)
    {
        var entity = new TableEntity($"p{random.Next(4)}", $"r{number:D2}");
        Maybe("N", () => random.Next(-3, 4));
        Maybe("L", () => random.NextInt64(5_000_000_000, 5_000_000_004));
        Maybe("D", () => random.Next(-2, 3) + 0.5);
        Maybe("S", () => RandomFilters.Texts[random.Next(RandomFilters.Texts.Length)]);
        Maybe("B", () => random.Next(2) == 0);
        Maybe("T", () => RandomFilters.Start.AddHours(random.Next(4)));
        Maybe("G", () => RandomFilters.Guids[random.Next(RandomFilters.Guids.Length)]);
        return entity;

        void Maybe(string name, Func<object> value)
        {
            if (random.Next(4) > 0) entity[name] = value();
        }
    }

    private static async Task<string> PlayAsync(TableClient table, string partition, Step[][] calls)
    {
        var player = new Player(table, partition);
        var answers = new List<string>();
        foreach (var call in calls) answers.Add(await player.PlayAsync(call));
        return string.Join('\n', [.. answers, await player.LeftAsync()]);
    }

    private static string Describe(Step[][] calls) => string.Join('\n', calls.Select(call => string.Join(" + ", call.Select(step =>
        $"{step.Kind} r{step.Row} if {step.Condition} "
        + $"{{{string.Join(", ", step.Properties.Select(property => $"{property.Name}={property.Type}:{property.Value}"))}}}"))));

    private sealed record Property(string Name, int Type, int Value)
    {
        public object Boxed => Type switch
        {
            0 => $"text {Value}",
            1 => Value,
            2 => (long)Value,
            3 => Value + 0.5,
            4 => Value % 2 == 0,
            5 => new Guid(Value, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]),
            6 => new DateTimeOffset(2026, 1, 1 + Value, 0, 0, 0, TimeSpan.Zero),
            _ => new byte[] { (byte)Value },
        };
    }

    private sealed record Step(StepKind Kind, int Row, Property[] Properties, Condition Condition);

    /// <summary>Plays steps on one table and remembers its ETags, which differ from the other's.</summary>
    private sealed class Player(TableClient table, string partition)
    {
        private readonly Dictionary<int, ETag> current = [];
        private readonly Dictionary<int, ETag> first = [];

        public async Task<string> PlayAsync(Step[] call)
        {
            try
            {
                return call.Length == 1 ? await PlayAsync(call[0]) : await SubmitAsync(call);
            }
            catch (TableTransactionFailedException refused)
            {
                return $"{refused.Status} {refused.ErrorCode} at {refused.FailedTransactionActionIndex}";
            }
            catch (RequestFailedException refused)
            {
                return $"{refused.Status} {refused.ErrorCode}";
            }
        }

        public async Task<string> LeftAsync() => string.Join(
            '\n',
            await table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: Token)
                .Select(Text).ToListAsync(Token));

        private static string Text(TableEntity row) => $"{row.RowKey}: " + string.Join(
            ", ",
            row.Where(property => property.Key.Length == 1).OrderBy(property => property.Key, StringComparer.Ordinal).Select(property =>
                $"{property.Key}={property.Value.GetType().Name}:{Text(property.Value)}"));

        private static string Text(object value) =>
            value is byte[] bytes ? Convert.ToHexString(bytes) : string.Create(CultureInfo.InvariantCulture, $"{value}");

        private async Task<string> PlayAsync(Step step)
        {
            var entity = Entity(step);
            if (step.Kind == StepKind.Get)
                return Text((await table.GetEntityAsync<TableEntity>(partition, entity.RowKey, cancellationToken: Token)).Value);
            var answer = step.Kind switch
            {
                StepKind.Add => await table.AddEntityAsync(entity, Token),
                StepKind.UpdateMerge => await table.UpdateEntityAsync(entity, ETagFor(step), TableUpdateMode.Merge, Token),
                StepKind.UpdateReplace => await table.UpdateEntityAsync(entity, ETagFor(step), TableUpdateMode.Replace, Token),
                StepKind.UpsertMerge => await table.UpsertEntityAsync(entity, TableUpdateMode.Merge, Token),
                StepKind.UpsertReplace => await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, Token),
                _ => await table.DeleteEntityAsync(entity, ETagFor(step), Token),
            };
            Remember(step, answer);
            return $"{answer.Status}";
        }

        private async Task<string> SubmitAsync(Step[] call)
        {
            // A row that appears twice is refused by both, but Azurite first carries out what precedes it: the contract tests that alone.
            var steps = call.Where(step => step.Kind != StepKind.Get).DistinctBy(step => step.Row).ToArray();
            if (steps.Length == 0) return "";
            var answers = await table.SubmitTransactionAsync(
                steps.Select(step =>
                    new TableTransactionAction(Enum.Parse<TableTransactionActionType>($"{step.Kind}"), Entity(step), ETagFor(step))),
                Token);
            for (var index = 0; index < steps.Length; index++) Remember(steps[index], answers.Value[index]);
            return string.Join(' ', answers.Value.Select(answer => answer.Status));
        }

        private TableEntity Entity(Step step)
        {
            var entity = new TableEntity(partition, $"r{step.Row}");
            foreach (var property in step.Properties) entity[property.Name] = property.Boxed;
            return entity;
        }

        private ETag ETagFor(Step step) => step.Condition switch
        {
            Condition.Current => current.GetValueOrDefault(step.Row, ETag.All),
            Condition.First => first.GetValueOrDefault(step.Row, ETag.All),
            _ => ETag.All,
        };

        private void Remember(Step step, Response answer)
        {
            if (answer.Headers.ETag is not { } etag || step.Kind == StepKind.Delete) return;
            first.TryAdd(step.Row, etag);
            current[step.Row] = etag;
        }
    }
}
