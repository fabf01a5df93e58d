using System.Net.Sockets;
using System.Security.Authentication;
using Amqp;
using Amqp.Framing;

namespace Azure.Messaging.ServiceBus;

/// <summary>What went wrong on the wire, in the library's own exceptions.</summary>
internal static class Failures
{
    public static Exception Of(Error? error, string? entity)
    {
        if (error is null) return Broken("The connection ended.", entity, inner: null);
        string condition = error.Condition;
        var text = string.IsNullOrEmpty(error.Description) ? condition : error.Description;
        return condition switch
        {
            "amqp:unauthorized-access" or "com.microsoft:auth-failed" => new UnauthorizedAccessException(text),
            "com.microsoft:argument-error" or "com.microsoft:argument-out-of-range" => new ArgumentException(text),
            "amqp:not-implemented" => new NotSupportedException(text),
            "com.microsoft:operation-cancelled" => new OperationCanceledException(text),
            ErrorCode.NotFound => Named(ServiceBusFailureReason.MessagingEntityNotFound),
            BusConditions.LockLost => Named(ServiceBusFailureReason.MessageLockLost),
            "com.microsoft:message-not-found" => Named(ServiceBusFailureReason.MessageNotFound),
            ErrorCode.MessageSizeExceeded => Named(ServiceBusFailureReason.MessageSizeExceeded),
            "com.microsoft:entity-disabled" => Named(ServiceBusFailureReason.MessagingEntityDisabled),
            ErrorCode.ResourceLimitExceeded => Named(ServiceBusFailureReason.QuotaExceeded),
            "com.microsoft:server-busy" => Named(ServiceBusFailureReason.ServiceBusy),
            "com.microsoft:timeout" => Named(ServiceBusFailureReason.ServiceTimeout),
            ErrorCode.ConnectionForced or ErrorCode.DetachForced or ErrorCode.FramingError or ErrorCode.IllegalState
                or ErrorCode.MessageReleased => Broken(text, entity, inner: null),
            ErrorCode.DecodeError or ErrorCode.InvalidField => new ServiceBusException(isTransient: false, text, entity),
            _ => new ServiceBusException(isTransient: true, text, entity),
        };

        ServiceBusException Named(ServiceBusFailureReason reason) => new(text, reason, entity);
    }

    public static Exception Of(Exception thrown, string? entity) => thrown switch
    {
        ServiceBusException or UnauthorizedAccessException or ArgumentException or NotSupportedException => thrown,
        AmqpException amqp => Of(amqp.Error, entity),
        SocketException or IOException or AuthenticationException => Broken("The service can't be reached.", entity, thrown),
        TimeoutException => new ServiceBusException("The service didn't answer in time.", ServiceBusFailureReason.ServiceTimeout, entity, thrown),
        ObjectDisposedException or OperationCanceledException or InvalidOperationException => Broken("The connection broke.", entity, thrown),
        _ => thrown,
    };

    public static ServiceBusException Broken(string message, string? entity, Exception? inner) =>
        new(message, ServiceBusFailureReason.ServiceCommunicationProblem, entity, inner);
}

/// <summary>Tries operations again while that may help.</summary>
internal static class Retry
{
    /// <summary>
    /// Runs an operation until it succeeds, fails for good, or has been tried often enough. Each try is cut off after
    /// <see cref="ServiceBusRetryOptions.TryTimeout"/>.
    /// </summary>
    public static async Task<T> RunAsync<T>(
        ServiceBusRetryOptions options, string? entity, Func<CancellationToken, Task<T>> operation, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(options.TryTimeout);
            Exception failure;
            try
            {
                return await operation(patience.Token);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                throw;
            }
            catch (OperationCanceledException cut) when (patience.IsCancellationRequested)
            {
                failure = Failures.Of(new TimeoutException("The try took too long.", cut), entity);
            }
            catch (Exception thrown)
            {
                failure = Failures.Of(thrown, entity);
            }

            if (failure is not ServiceBusException { IsTransient: true } || attempt >= options.MaxRetries) throw failure;
            await Task.Delay(DelayBefore(attempt, options), TimeProvider.System, cancellation);
        }
    }

    private static TimeSpan DelayBefore(int attempt, ServiceBusRetryOptions options)
    {
        var factor = options.Mode == ServiceBusRetryMode.Fixed ? 1 : Math.Pow(2, attempt);

        // Up to a tenth more or less, so that many clients don't come back in the same instant.
        var spread = 0.9 + (Random.Shared.NextDouble() * 0.2);
        return TimeSpan.FromMilliseconds(Math.Min(options.Delay.TotalMilliseconds * factor * spread, options.MaxDelay.TotalMilliseconds));
    }
}
