using Microsoft.DurableTask;

namespace LocalAzure.DurableTask;

/// <summary>What is kept of an exception.</summary>
internal static class Failures
{
    /// <summary>The details of an exception and of those within it; a task's own failure is the one within the orchestration's.</summary>
    public static TaskFailureDetails Of(Exception exception)
    {
        var inner = exception is TaskFailedException failed ? failed.FailureDetails
            : exception.InnerException is { } cause ? Of(cause)
            : null;
        return new TaskFailureDetails(exception.GetType().ToString(), exception.Message, exception.StackTrace, inner, null);
    }
}
