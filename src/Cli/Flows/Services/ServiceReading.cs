using System.Reflection;

namespace ActorFlow.Cli;

/// <summary>One reading of the services of a flow.</summary>
/// <param name="types">Where classes are found.</param>
/// <param name="made">Where what is made goes.</param>
/// <param name="report">Takes what is wrong.</param>
internal sealed class ServiceReading(ServiceTypes types, MadeServices made, Action<FlowFault> report)
{
    /// <summary>The services.</summary>
    /// <param name="recipes">What the file says of them.</param>
    /// <param name="outer">Those of what the flow stands in; null for none.</param>
    public FlowServices Read(IReadOnlyList<ServiceRecipe> recipes, FlowServices? outer)
    {
        var services = new FlowServices(outer);
        var own = new List<(ServiceRecipe Recipe, FlowService Service, ConstructorInfo Constructor)>();
        foreach (var recipe in recipes)
        {
            if (types.Class(recipe.Class, out var problem) is not { } type)
                Report(FlowFaultCode.UnknownTask, recipe.Location, $"Service '{recipe.Name}': {problem}");
            else if (ConstructorOf(type) is not { } constructor)
                Report(FlowFaultCode.BadPolicy, recipe.Location, $"Service '{recipe.Name}': class "
                    + $"'{ServiceTypes.NameOf(type)}' has no public constructor.");
            else
            {
                var given = new object?[constructor.GetParameters().Length];
                var service = new FlowService(recipe.Name, constructor, given, made);
                own.Add((recipe, service, constructor));
                Name(services, recipe, service, type);
            }
        }

        foreach (var (recipe, service, constructor) in own) Give(services, recipe, service, constructor);
        foreach (var (recipe, service, _) in own) RequireNoCircle(recipe, [service], []);
        return services;
    }

    private static ConstructorInfo? ConstructorOf(Type type) =>
        type.GetConstructors().OrderByDescending(each => each.GetParameters().Length).FirstOrDefault();

    private void Name(FlowServices services, ServiceRecipe recipe, FlowService service, Type type)
    {
        if (recipe.As.Count == 0) Add(type, recipe.Location);
        foreach (var name in recipe.As)
        {
            if (ServiceTypes.Kind(type, name.Value, out var problem) is { } kind) Add(kind, name.Location);
            else Report(FlowFaultCode.TypeMismatch, name.Location, $"Service '{recipe.Name}': {problem}");
        }

        void Add(Type kind, string location)
        {
            if (!services.TryAdd(kind, service))
                Report(
                    FlowFaultCode.BoundTwice, location,
                    $"Service '{recipe.Name}' is a '{ServiceTypes.NameOf(kind)}' as '{services.Find(kind)!.Name}' is; "
                    + "say another type under 'as', or put it into a flow of its own.");
        }
    }

    private void Give(FlowServices services, ServiceRecipe recipe, FlowService service, ConstructorInfo constructor)
    {
        var parameters = constructor.GetParameters();
        foreach (var (name, value) in recipe.With)
            if (!Array.Exists(parameters, each => name.Equals(each.Name, StringComparison.OrdinalIgnoreCase)))
                Report(FlowFaultCode.UnknownParameter, value.Location, $"Service '{recipe.Name}' "
                    + $"({recipe.Class}) has no parameter '{name}'."
                    + Suggestions.For(name, parameters.Select(each => each.Name!)));
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = parameters[i];
            if (recipe.With.TryGetValue(parameter.Name!, out var value)) Convert(i, parameter, value);
            else if (services.Find(parameter.ParameterType, service) is { } other) service.Give(i, other);
            else if (parameter.HasDefaultValue) service.Give(i, parameter.DefaultValue);
            else
                Report(
                    FlowFaultCode.Unbound, recipe.Location,
                    $"Service '{recipe.Name}' ({recipe.Class}) needs a value for parameter '{parameter.Name}' "
                    + $"({TypeNames.Short(parameter.ParameterType)}); give it under 'with', or name a service that is "
                    + "one.");
        }

        // Secrets stand in no file; what is in the environment is not known before it is needed.
        void Convert(int index, ParameterInfo parameter, Placed<System.Text.Json.Nodes.JsonNode?> value)
        {
            if (EnvironmentValue.Of(value.Value, parameter.ParameterType) is { } later)
            {
                service.Give(index, later);
                return;
            }

            try
            {
                service.Give(index, NamedInputs.Convert(value.Value, parameter.ParameterType));
            }
            catch (Exception e) when (e is System.Text.Json.JsonException or NotSupportedException
                or InvalidOperationException or FormatException)
            {
                Report(FlowFaultCode.TypeMismatch, value.Location, $"Service '{recipe.Name}': parameter "
                    + $"'{parameter.Name}' is {TypeNames.Short(parameter.ParameterType)}, and this is "
                    + $"{ExpressionValues.Describe(value.Value)}.");
            }
        }
    }

    private void RequireNoCircle(ServiceRecipe recipe, List<FlowService> way, HashSet<FlowService> seen)
    {
        foreach (var other in way[^1].Arguments.OfType<FlowService>())
        {
            if (other == way[0])
                Report(FlowFaultCode.Cycle, recipe.Location, "Services need each other in a circle: "
                    + $"{string.Join(" -> ", way.Append(other).Select(each => each.Name))}.");
            else if (seen.Add(other)) RequireNoCircle(recipe, [.. way, other], seen);
        }
    }

    private void Report(FlowFaultCode code, string location, string problem) =>
        report(new FlowFault(code, null, problem) { Location = location });
}
