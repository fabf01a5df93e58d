using System.Reflection;

namespace Microsoft.DurableTask
{
    /// <summary>A task's failure as it is stored: the exception's type and texts, readable in the file. Ids only in exception texts.</summary>
    /// <param name="ErrorType">The exception's full type name.</param>
    /// <param name="ErrorMessage">Its message.</param>
    /// <param name="StackTrace">Its stack trace.</param>
    /// <param name="InnerFailure">The failure behind it.</param>
    /// <param name="Properties">Further properties; always null here.</param>
    public record TaskFailureDetails(
        string ErrorType,
        string ErrorMessage,
        string? StackTrace,
        TaskFailureDetails? InnerFailure,
        IDictionary<string, object?>? Properties)
    {
        /// <inheritdoc/>
        public override string ToString() => $"{ErrorType}: {ErrorMessage}";

        /// <summary>Whether the exception was a <typeparamref name="T"/> or derived from it.</summary>
        /// <exception cref="AmbiguousMatchException">Several loaded types bear that name.</exception>
        public bool IsCausedBy<T>()
            where T : Exception => IsCausedBy(typeof(T));

        /// <summary>Whether the exception was of this type or derived from it; false where its type isn't loaded.</summary>
        /// <exception cref="ArgumentException">The type isn't an exception's.</exception>
        /// <exception cref="AmbiguousMatchException">Several loaded types bear that name.</exception>
        public bool IsCausedBy(Type targetBaseExceptionType)
        {
            ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
            if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
                throw new ArgumentException($"The type {targetBaseExceptionType} is not an exception type.", nameof(targetBaseExceptionType));
            if (string.IsNullOrEmpty(ErrorType)) return false;
            var type = Type.GetType(ErrorType, throwOnError: false) ?? targetBaseExceptionType.Assembly.GetType(ErrorType, throwOnError: false);
            if (type is null)
            {
                var found = AppDomain.CurrentDomain.GetAssemblies()
                    .Select(assembly => assembly.GetType(ErrorType, throwOnError: false)).OfType<Type>().ToList();
                if (found.Count > 1) throw new AmbiguousMatchException($"Multiple exception types with the name '{ErrorType}' were found.");
                type = found.SingleOrDefault();
            }

            return type is not null && targetBaseExceptionType.IsAssignableFrom(type);
        }

        /// <summary>The details of an exception and of those within it.</summary>
        public static TaskFailureDetails FromException(Exception exception)
        {
            ArgumentNullException.ThrowIfNull(exception);
            var inner = exception is TaskFailedException failed ? failed.FailureDetails
                : exception.InnerException is { } cause ? FromException(cause)
                : null;
            return new TaskFailureDetails(exception.GetType().ToString(), exception.Message, exception.StackTrace, inner, null);
        }
    }

    /// <summary>An activity or a sub-orchestration failed with an exception that nobody caught.</summary>
    public sealed class TaskFailedException : Exception
    {
        /// <summary>A failure from an exception.</summary>
        public TaskFailedException(string taskName, int taskId, Exception innerException)
            : base(Message(taskName, taskId, innerException?.Message), innerException)
        {
            TaskName = taskName;
            TaskId = taskId;
            FailureDetails = TaskFailureDetails.FromException(innerException!);
        }

        /// <summary>A failure from stored details.</summary>
        public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
            : base(Message(taskName, taskId, failureDetails?.ErrorMessage))
        {
            TaskName = taskName;
            TaskId = taskId;
            FailureDetails = failureDetails!;
        }

        /// <summary>The task's name.</summary>
        public string TaskName { get; }

        /// <summary>The task's number within its orchestration.</summary>
        public int TaskId { get; }

        /// <summary>What is known of the failure.</summary>
        public TaskFailureDetails FailureDetails { get; }

        private static new string Message(string name, int id, string? cause) => cause is null
            ? $"Task '{name}' (#{id}) failed with an unhandled exception."
            : $"Task '{name}' (#{id}) failed with an unhandled exception: {cause}";
    }
}

namespace DurableTask.Core.Exceptions
{
    /// <summary>A start was refused because an instance with that id exists in a status that forbids it.</summary>
    public class OrchestrationAlreadyExistsException : InvalidOperationException
    {
        /// <summary>Without a text.</summary>
        public OrchestrationAlreadyExistsException()
        {
        }

        /// <summary>With a text.</summary>
        public OrchestrationAlreadyExistsException(string message)
            : base(message)
        {
        }

        /// <summary>With a text and a cause.</summary>
        public OrchestrationAlreadyExistsException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>An orchestrator, replayed, did something else than its history says.</summary>
    public class NonDeterministicOrchestrationException(string message) : OrchestrationException(message);

    /// <summary>What the framework's own failures derive from.</summary>
    public class OrchestrationException(string message) : Exception(message);
}
