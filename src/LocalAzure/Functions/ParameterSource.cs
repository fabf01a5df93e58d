using System.Linq.Expressions;
using System.Reflection;
using LocalAzure.DurableTask;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace LocalAzure.Functions;

/// <summary>Where a parameter's value comes from: read at once from the invocation, or prepared by waiting.</summary>
internal sealed class ParameterSource
{
    private ParameterSource()
    {
    }

    /// <summary>An expression of the parameter's type over the invocation.</summary>
    public Func<Expression, Expression>? Read { get; private init; }

    /// <summary>Gives the value later.</summary>
    public Func<LocalFunctionContext, ValueTask<object?>>? Prepare { get; private init; }

    /// <summary>Finds the source of one parameter.</summary>
    /// <exception cref="FunctionException">Nothing could fill it.</exception>
    public static ParameterSource For(Function function, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(FunctionContext)) return From(context => Expression.Convert(context, type));
        if (type == typeof(CancellationToken))
            return From(context => Expression.Property(context, nameof(LocalFunctionContext.CancellationToken)));
        if (parameter.Position == function.TriggerParameter.Position) return ForTrigger(function, parameter);
        if (parameter.IsDefined(typeof(DurableClientAttribute), inherit: false)) return ForDurableClient(function, parameter);

        var source = function.Kind switch
        {
            TriggerKind.HttpTrigger => ForHttp(function, parameter),
            TriggerKind.ActivityTrigger when type == typeof(string) && parameter.Name == "instanceId" => FromCompanion(type),
            _ => null,
        };
        if (source is not null) return source;
        if (parameter.HasDefaultValue) return From(_ => Expression.Constant(parameter.DefaultValue, type));
        throw new FunctionException(function.Name, $"has a parameter '{parameter.Name}' of type {type.Name} that nothing could fill.");
    }

    private static ParameterSource ForTrigger(Function function, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        switch (function.Kind)
        {
            case TriggerKind.HttpTrigger when type == typeof(HttpRequest):
                return From(context => Expression.Property(
                    Expression.Property(context, nameof(LocalFunctionContext.HttpContext)), nameof(HttpContext.Request)));
            case TriggerKind.TimerTrigger when type == typeof(TimerInfo):
            case TriggerKind.OrchestrationTrigger when type == typeof(TaskOrchestrationContext):
                return FromTriggerData(type);
            case TriggerKind.ActivityTrigger:
                return From(context => Expression.Call(typeof(ParameterSource), nameof(FromJson), [type], context));
            default:
                throw new FunctionException(
                    function.Name, $"has a {function.Kind} of type {type.Name}, which isn't one that is supported here.");
        }
    }

    private static ParameterSource? ForHttp(Function function, ParameterInfo parameter)
    {
        if (parameter.IsDefined(typeof(FromBodyAttribute), inherit: false))
        {
            var binder = new BodyBinder(parameter.ParameterType);
            return new ParameterSource { Prepare = binder.BindAsync };
        }

        if (parameter.IsDefined(typeof(Microsoft.AspNetCore.Mvc.FromBodyAttribute), inherit: false))
        {
            throw new FunctionException(
                function.Name,
                $"marks '{parameter.Name}' with MVC's [FromBody], which the Functions worker ignores. "
                + "Use the one of Microsoft.Azure.Functions.Worker.Http.");
        }

        if (!HttpText.CanConvert(parameter.ParameterType)) return null;
        var name = Expression.Constant(parameter.Name);
        var fallback = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        var optional = parameter.HasDefaultValue
            || !parameter.ParameterType.IsValueType
            || Nullable.GetUnderlyingType(parameter.ParameterType) is not null;
        return From(context => Expression.Call(
            typeof(HttpText),
            nameof(HttpText.Get),
            [parameter.ParameterType],
            context,
            name,
            Expression.Constant(optional),
            fallback is null ? Expression.Default(parameter.ParameterType) : Expression.Constant(fallback, parameter.ParameterType)));
    }

    // Not through the services, because there the genuine worker doesn't have it.
    private static ParameterSource ForDurableClient(Function function, ParameterInfo parameter) =>
        parameter.ParameterType == typeof(DurableTaskClient)
            ? From(context => Expression.Call(typeof(ParameterSource), nameof(DurableClient), null, context))
            : throw new FunctionException(function.Name, $"has a [DurableClient] '{parameter.Name}' that isn't a DurableTaskClient.");

    private static ParameterSource FromTriggerData(Type type) =>
        From(context => Expression.Convert(Expression.Property(context, nameof(LocalFunctionContext.TriggerData)), type));

    private static ParameterSource FromCompanion(Type type) =>
        From(context => Expression.Convert(Expression.Property(context, nameof(LocalFunctionContext.TriggerCompanion)), type));

    private static ParameterSource From(Func<Expression, Expression> read) => new() { Read = read };

    private static DurableTaskClient DurableClient(LocalFunctionContext context) =>
        context.InstanceServices.GetRequiredService<DurableEngine>().Client;

    private static T? FromJson<T>(LocalFunctionContext context) => context.TriggerData is string json
        ? context.InstanceServices.GetRequiredService<DurableEngine>().Options.Converter.Deserialize<T>(json)
        : default;
}
