namespace ActorFlow.Cli;

/// <summary>A service of a flow file, and the tasks that see it.</summary>
/// <param name="Recipe">What the file says of it.</param>
/// <param name="Tasks">The tasks of the flow that are .NET tasks, or run flows that have some, in order.</param>
internal sealed record SeenService(ServiceRecipe Recipe, IReadOnlyList<string> Tasks);

/// <summary>Finds which tasks of a flow file see which services.</summary>
internal sealed class SeenServices
{
    private readonly Dictionary<FlowSource, HashSet<ServiceScope>> _byFlow = new(ReferenceEqualityComparer.Instance);

    private SeenServices() { }

    /// <summary>The services of a flow and of those that its tasks run, those of the flow itself first.</summary>
    public static IReadOnlyList<SeenService> Of(FlowSource source)
    {
        var seen = new SeenServices();
        var tasks = new Dictionary<ServiceRecipe, List<string>>(ReferenceEqualityComparer.Instance);
        var order = new List<ServiceRecipe>();
        foreach (var scope in Chain(source.Services)) Add(scope, task: null);
        foreach (var (task, recipe) in source.Draft.Tasks.Zip(source.Recipes))
            foreach (var scope in seen.ScopesOf(recipe)) Add(scope, task.Name);
        return order.ConvertAll(recipe => new SeenService(recipe, tasks[recipe]));

        void Add(ServiceScope scope, string? task)
        {
            foreach (var recipe in scope.Own)
            {
                if (tasks.TryAdd(recipe, [])) order.Add(recipe);
                if (task is not null) tasks[recipe].Add(task);
            }
        }
    }

    private HashSet<ServiceScope> ScopesOf(FlowSource flow)
    {
        if (_byFlow.TryGetValue(flow, out var known)) return known;
        var scopes = NewSet();
        foreach (var recipe in flow.Recipes) scopes.UnionWith(ScopesOf(recipe));
        return _byFlow[flow] = scopes;
    }

    private HashSet<ServiceScope> ScopesOf(TaskRecipe recipe)
    {
        var scopes = NewSet();
        scopes.UnionWith(Chain(recipe switch
        {
            TaskRecipe.Registered task => task.Services,
            TaskRecipe.Generated task => task.Services,
            _ => null,
        }));
        foreach (var use in UsesOf(recipe)) scopes.UnionWith(ScopesOf(use.Flow));
        return scopes;
    }

    private static IEnumerable<FlowUse> UsesOf(TaskRecipe recipe) => recipe switch
    {
        TaskRecipe.Nested task => [task.Use],
        TaskRecipe.Mapped task => [task.Use],
        TaskRecipe.Repeated task => [task.Use],
        TaskRecipe.Streamed task => [task.Each],
        TaskRecipe.Chosen task => task.Cases.Select(each => each.Use),
        TaskRecipe.States task => task.All.Select(state => state.Use),
        _ => [],
    };

    // A flow sees its own services, and those of what it stands in.
    private static IEnumerable<ServiceScope> Chain(ServiceScope? scope)
    {
        for (var at = scope; at is not null; at = at.Outer) yield return at;
    }

    private static HashSet<ServiceScope> NewSet() => new(ReferenceEqualityComparer.Instance);
}
