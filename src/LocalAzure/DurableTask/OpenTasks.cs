using System.Text.Json;
using Microsoft.DurableTask;

namespace LocalAzure.DurableTask;

/// <summary>Something that an orchestration waits for by number: an activity, a sub-orchestration or a timer.</summary>
internal interface IOpenTask
{
    /// <summary>A timer's instant as recorded; null for the others.</summary>
    DateTime? FireAt { get; set; }

    void Complete(string? json, DataConverter converter);

    void Fail(TaskFailureDetails failure);
}

/// <summary>A call whose result is a <typeparamref name="T"/>.</summary>
internal sealed class OpenCall<T>(string name, int id) : TaskCompletionSource<T>, IOpenTask
{
    public DateTime? FireAt { get; set; }

    public void Complete(string? json, DataConverter converter)
    {
        T? value;
        try
        {
            value = converter.Deserialize<T>(json);
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException)
        {
            TrySetException(unreadable);
            return;
        }

        TrySetResult(value!);
    }

    public void Fail(TaskFailureDetails failure) => TrySetException(new TaskFailedException(name, id, failure));
}

/// <summary>A timer.</summary>
internal sealed class OpenTimer : TaskCompletionSource, IOpenTask
{
    public DateTime? FireAt { get; set; }

    public void Complete(string? json, DataConverter converter) => TrySetResult();

    public void Fail(TaskFailureDetails failure) => throw new InvalidOperationException("A timer can't fail.");
}
