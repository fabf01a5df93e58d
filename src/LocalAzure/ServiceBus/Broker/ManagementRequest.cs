using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace LocalAzure.ServiceBus;

/// <summary>The <c>$management</c> operations that the clients use: renew, settle by token, peek, schedule, cancel.</summary>
internal static class ManagementRequest
{
    private const string BadRequest = "com.microsoft:argument-error";
    private const string NotFound = "com.microsoft:message-not-found";

    /// <summary>Answers with a status code, the body of the reply, and the error's condition if there is one.</summary>
    public delegate void Answer(int code, Map? body, string? condition);

    public static void Handle(Engine engine, MessageQueue queue, Message request, Answer answer)
    {
        var operation = request.ApplicationProperties?.Map["operation"] as string;
        var body = request.Body as Map ?? [];
        try
        {
            switch (operation)
            {
                case "com.microsoft:renew-lock":
                    Renew(engine, queue, Tokens(body), answer);
                    break;
                case "com.microsoft:update-disposition":
                    Settle(engine, queue, body, answer);
                    break;
                case "com.microsoft:peek-message":
                    Peek(engine, queue, body, answer);
                    break;
                case "com.microsoft:schedule-message":
                    Schedule(engine, queue, body, answer);
                    break;
                case "com.microsoft:cancel-scheduled-message":
                    Cancel(engine, queue, Some((long[])body["sequence-numbers"]), answer);
                    break;
                default:
                    answer(501, null, ErrorCode.NotImplemented);
                    break;
            }
        }
        catch (Exception wrong) when (wrong is InvalidCastException or NullReferenceException or AmqpException or OverflowException
            or FormatException or ArgumentException)
        {
            answer(400, null, BadRequest);
        }
    }

    private static Guid[] Tokens(Map body) => Some((Guid[])body["lock-tokens"]);

    // Nothing would ever be gathered of none, and whoever asked would wait for ever.
    private static T[] Some<T>(T[] asked) => asked.Length > 0 ? asked : throw new FormatException("The request names none.");

    private static void Renew(Engine engine, MessageQueue queue, Guid[] tokens, Answer answer)
    {
        var gathered = new Gathered<DateTime>(tokens.Length, (expirations, lost, failure) => Reply(
            answer, lost ? Engine.LockLost : null, failure, () => new Map { ["expirations"] = expirations }));
        foreach (var token in tokens)
        {
            if (!engine.Renew(queue, token, gathered.Add)) gathered.Lose();
        }
    }

    private static void Settle(Engine engine, MessageQueue queue, Map body, Answer answer)
    {
        var tokens = Tokens(body);
        var properties = DeliveryLink.Properties(body["properties-to-modify"] as Map).ToList();
        if (body["deadletter-reason"] is string reason) properties.Add(new("DeadLetterReason", reason));
        if (body["deadletter-description"] is string description) properties.Add(new("DeadLetterErrorDescription", description));
        var gathered = new Gathered<bool>(tokens.Length, (_, lost, failure) =>
            Reply(answer, lost ? Engine.LockLost : null, failure, static () => null));
        foreach (var token in tokens)
        {
            var known = body["disposition-status"] switch
            {
                "completed" => engine.Complete(queue, token, Done),
                "abandoned" => engine.Abandon(queue, token, properties, Done),
                "suspended" => engine.Bury(queue, token, properties, Done),
                _ => throw new InvalidCastException("The disposition isn't known here."),
            };
            if (!known) gathered.Lose();
        }

        void Done(Exception? failure) => gathered.Add(value: true, failure);
    }

    private static void Peek(Engine engine, MessageQueue queue, Map body, Answer answer)
    {
        var found = engine.Peek(queue, Convert.ToInt64(body["from-sequence-number"]), Convert.ToInt32(body["message-count"]));
        if (found.Count == 0)
        {
            answer(204, null, null);
            return;
        }

        var source = queue.IsDeadLetter ? queue.Options.Name : null;
        var messages = new List();
        foreach (var (entry, state, content) in found)
        {
            var bytes = MessageCodec.Bytes(MessageCodec.Compose(entry, content, source, lockedUntil: null, state));
            messages.Add(new Map { ["message"] = bytes });
        }

        answer(200, new Map { ["messages"] = messages }, null);
    }

    private static void Schedule(Engine engine, MessageQueue queue, Map body, Answer answer)
    {
        var messages = ((List)body["messages"]).Cast<Map>()
            .SelectMany(static entry => MessageCodec.Parse((byte[])entry["message"], format: 0)).ToList();
        engine.Send(queue, messages, (sequences, failure) =>
            Reply(answer, null, failure, () => new Map { ["sequence-numbers"] = sequences }));
    }

    private static void Cancel(Engine engine, MessageQueue queue, long[] sequences, Answer answer)
    {
        var gathered = new Gathered<bool>(sequences.Length, (_, lost, failure) =>
            Reply(answer, lost ? NotFound : null, failure, static () => null));
        foreach (var sequence in sequences)
        {
            if (!engine.CancelScheduled(queue, sequence, failure => gathered.Add(value: true, failure))) gathered.Lose();
        }
    }

    private static void Reply(Answer answer, string? condition, Exception? failure, Func<Map?> body)
    {
        if (failure is not null) answer(500, null, ErrorCode.InternalError);
        else if (condition == Engine.LockLost) answer(410, null, condition);
        else if (condition is not null) answer(404, null, condition);
        else answer(200, body(), null);
    }

    /// <summary>Waits for as many results as there were requests in one message.</summary>
    private sealed class Gathered<T>(int expected, Action<T[], bool, Exception?> finished)
    {
        private readonly Lock gate = new();
        private readonly List<T> results = [];
        private bool lost;
        private Exception? failed;
        private int count;

        public void Add(T value, Exception? failure)
        {
            lock (gate)
            {
                results.Add(value);
                failed ??= failure;
            }

            Advance();
        }

        public void Lose()
        {
            lock (gate) lost = true;
            Advance();
        }

        private void Advance()
        {
            lock (gate)
            {
                if (++count != expected) return;
            }

            finished([.. results], lost, failed);
        }
    }
}
