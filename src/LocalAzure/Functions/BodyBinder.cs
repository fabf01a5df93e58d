using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAzure.Functions;

/// <summary>
/// Binds a request's body as the worker's ASP.NET Core integration does: through MVC's model binder and input formatters.
/// A body that can't be bound is an <see cref="InvalidOperationException"/>, whose message says where, and so a 500 unless
/// middleware answers otherwise.
/// </summary>
internal sealed class BodyBinder(Type type)
{
    // A host has its own formatters, and a function outlives its host.
    private readonly ConditionalWeakTable<IModelBinderFactory, Tuple<ModelMetadata, IModelBinder>> made = [];

    public async ValueTask<object?> BindAsync(LocalFunctionContext context)
    {
        var http = context.HttpContext!;
        var services = http.RequestServices;
        var (metadata, binder) = made.GetValue(services.GetRequiredService<IModelBinderFactory>(), factory => Make(factory, services));
        var binding = new DefaultModelBindingContext
        {
            ModelMetadata = metadata,
            ModelName = metadata.BinderModelName ?? string.Empty,
            BindingSource = BindingSource.Body,
            ModelState = new ModelStateDictionary(),
            ActionContext = new ActionContext { HttpContext = http },
        };
        await binder.BindModelAsync(binding);
        if (binding.Result.IsModelSet) return binding.Result.Model;
        if (binding.ModelState.IsValid) return null;

        var message = new StringBuilder();
        foreach (var error in binding.ModelState.Values.SelectMany(entry => entry.Errors))
            message.AppendLine(string.IsNullOrEmpty(error.ErrorMessage) ? error.Exception?.Message : error.ErrorMessage);
        throw new InvalidOperationException(message.ToString());
    }

    private Tuple<ModelMetadata, IModelBinder> Make(IModelBinderFactory factory, IServiceProvider services)
    {
        var metadata = services.GetRequiredService<IModelMetadataProvider>().GetMetadataForType(type);
        var binder = factory.CreateBinder(new ModelBinderFactoryContext
        {
            Metadata = metadata,
            BindingInfo = new BindingInfo
            {
                BinderModelName = metadata.BinderModelName ?? string.Empty,
                BindingSource = BindingSource.Body,
                BinderType = metadata.BinderType,
                PropertyFilterProvider = metadata.PropertyFilterProvider,
            },
        });
        return Tuple.Create(metadata, binder);
    }
}
