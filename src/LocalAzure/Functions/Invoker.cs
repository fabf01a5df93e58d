using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAzure.Functions;

/// <summary>
/// Calls a function's method through one compiled expression: parameters are read straight from the invocation, and only
/// those that must be waited for (a request's body) go through an array. It is compiled when it is first called: an app has
/// dozens of functions, and a start waits for none of them.
/// </summary>
internal sealed class Invoker
{
    private readonly Lazy<ObjectFactory>? makeInstance;
    private readonly (int Index, Func<LocalFunctionContext, ValueTask<object?>> Prepare)[] preparations;
    private readonly int parameters;
    private readonly Lazy<Func<object?, LocalFunctionContext, object?[]?, ValueTask<object?>>> call;

    public Invoker(Function function)
    {
        var method = function.Method;
        if (!method.IsStatic) makeInstance = FactoryOf(method.DeclaringType!);

        var instance = Expression.Parameter(typeof(object));
        var context = Expression.Parameter(typeof(LocalFunctionContext));
        var values = Expression.Parameter(typeof(object?[]));
        var arguments = new List<Expression>();
        var prepared = new List<(int, Func<LocalFunctionContext, ValueTask<object?>>)>();
        foreach (var parameter in method.GetParameters())
        {
            var source = ParameterSource.For(function, parameter);
            if (source.Prepare is { } prepare)
            {
                prepared.Add((parameter.Position, prepare));
                var value = Expression.ArrayIndex(values, Expression.Constant(parameter.Position));
                arguments.Add(Convert(value, parameter.ParameterType));
            }
            else
            {
                arguments.Add(source.Read!(context));
            }
        }

        preparations = [.. prepared];
        parameters = method.GetParameters().Length;
        var target = method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!);
        var body = Finish(function, Expression.Call(target, method, arguments));
        var whole = Expression.Lambda<Func<object?, LocalFunctionContext, object?[]?, ValueTask<object?>>>(
            body, instance, context, values);
        call = new(whole.Compile);
    }

    public ValueTask<object?> InvokeAsync(LocalFunctionContext context)
    {
        var instance = makeInstance?.Value(context.InstanceServices, null);
        return preparations.Length == 0 ? call.Value(instance, context, null) : PrepareAndCallAsync(instance, context);
    }

    private async ValueTask<object?> PrepareAndCallAsync(object? instance, LocalFunctionContext context)
    {
        var values = new object?[parameters];
        foreach (var (index, prepare) in preparations) values[index] = await prepare(context);
        return await call.Value(instance, context, values);
    }

    // Which of several constructors is meant, and whether any is, must be known at the start.
    private static Lazy<ObjectFactory> FactoryOf(Type type)
    {
        var factory = new Lazy<ObjectFactory>(() => ActivatorUtilities.CreateFactory(type, Type.EmptyTypes));
        if (type.IsAbstract || type.GetConstructors().Length != 1) _ = factory.Value;
        return factory;
    }

    // A missing body is null: for a value type that is its default.
    private static Expression Convert(Expression value, Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null
        ? Expression.Convert(value, type)
        : Expression.Condition(
            Expression.Equal(value, Expression.Constant(null)), Expression.Default(type), Expression.Convert(value, type));

    private static Expression Finish(Function function, MethodCallExpression call)
    {
        var type = call.Type;
        if (type == typeof(void))
        {
            if (function.Method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false))
                throw new FunctionException(function.Name, "is async void: nothing could wait for it. Return a Task.");
            return Expression.Block(call, Expression.Default(typeof(ValueTask<object?>)));
        }

        if (type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            throw new FunctionException(function.Name, "returns a ValueTask, which the Functions worker doesn't wait for. Return a Task.");
        if (type == typeof(Task)) return Expression.Call(typeof(Invoker), nameof(FromTask), null, call);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
            return Expression.Call(typeof(Invoker), nameof(FromTaskOf), type.GetGenericArguments(), call);
        return Expression.New(typeof(ValueTask<object?>).GetConstructor([typeof(object)])!, Expression.Convert(call, typeof(object)));
    }

    private static ValueTask<object?> FromTask(Task task) => task.IsCompletedSuccessfully ? default : Wait(task);

    private static ValueTask<object?> FromTaskOf<T>(Task<T> task) =>
        task.IsCompletedSuccessfully ? new ValueTask<object?>(task.Result) : WaitFor(task);

    private static async ValueTask<object?> Wait(Task task)
    {
        try
        {
            await task;
            return null;
        }
        catch (Exception failure)
        {
            throw AsTheWorkerThrows(task, failure);
        }
    }

    private static async ValueTask<object?> WaitFor<T>(Task<T> task)
    {
        try
        {
            return await task;
        }
        catch (Exception failure)
        {
            throw AsTheWorkerThrows(task, failure);
        }
    }

    // The genuine worker reads the task's Result, so what middleware catches is an AggregateException around the failure.
    // Middleware that works here must work there.
    private static AggregateException AsTheWorkerThrows(Task task, Exception failure) =>
        task.Exception ?? new AggregateException(failure);
}
