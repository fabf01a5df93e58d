using System.Collections;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LocalAzure.Functions;

/// <summary>One invocation. What most functions never ask for is made when it is asked for.</summary>
internal sealed class LocalFunctionContext(Function function, IServiceProvider services) : FunctionContext
{
    /// <summary>Where the genuine worker keeps the request's context among the items.</summary>
    public const string HttpContextKey = "HttpRequestContext";

    private static readonly RetryContext NoRetries = new LocalRetryContext();

    private string? invocationId;
    private TraceContext? trace;
    private BindingContext? bindings;
    private IDictionary<object, object>? items;
    private IInvocationFeatures? features;
    private CancellationToken cancellation;

    public Function Function { get; } = function;

    /// <summary>The request; null when something else started the function.</summary>
    public HttpContext? HttpContext { get; init; }

    /// <summary>What started the function: a TimerInfo, a message, an orchestration's context, an activity's input.</summary>
    public object? TriggerData { get; init; }

    /// <summary>What else the trigger hands over: message actions, an activity's instance id.</summary>
    public object? TriggerCompanion { get; init; }

    /// <summary>What the function returned, or what middleware put in its place.</summary>
    public object? Result { get; set; }

    public CancellationToken TriggerCancellation
    {
        init => cancellation = value;
    }

    public override string InvocationId => invocationId ??= Guid.NewGuid().ToString();

    public override string FunctionId => Function.Id;

    public override TraceContext TraceContext => trace ??= new LocalTraceContext(Activity.Current);

    public override BindingContext BindingContext => bindings ??= new LocalBindingContext(HttpContext);

    public override RetryContext RetryContext => NoRetries;

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition => Function;

    public override IDictionary<object, object> Items
    {
        get => items ??= HttpContext is null ? [] : new Dictionary<object, object> { [HttpContextKey] = HttpContext };
        set => items = value;
    }

    public override IInvocationFeatures Features => features ??= new LocalFeatures();

    // Asking a request for its token makes one: only those that ask pay for it.
    public override CancellationToken CancellationToken => HttpContext?.RequestAborted ?? cancellation;

    private sealed class LocalRetryContext : RetryContext
    {
        public override int RetryCount => 0;

        public override int MaxRetryCount => 0;
    }

    private sealed class LocalTraceContext(Activity? activity) : TraceContext
    {
        public override string TraceParent => activity?.Id ?? string.Empty;

        public override string TraceState => activity?.TraceStateString ?? string.Empty;
    }

    private sealed class LocalBindingContext(HttpContext? http) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } =
            http is null
                ? new Dictionary<string, object?>()
                : new Dictionary<string, object?>(http.Request.RouteValues, StringComparer.OrdinalIgnoreCase);
    }

    private sealed class LocalFeatures : IInvocationFeatures
    {
        private readonly Dictionary<Type, object> kept = [];

        public void Set<T>(T instance) => kept[typeof(T)] = instance ?? throw new ArgumentNullException(nameof(instance));

        public T? Get<T>() => kept.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => kept.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
