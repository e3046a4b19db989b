using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>Makes flows that run of what files say, and gathers what is wrong with all of them.</summary>
internal sealed partial class FlowCompiler
{
    private readonly Dictionary<FlowSource, Flow<Payload, Payload>?> _flows = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<FlowFault> _faults = [];

    /// <summary>Where commands run that name no directory.</summary>
    public string Directory { get; init; } = Environment.CurrentDirectory;

    /// <summary>What recorded run times are multiplied by.</summary>
    public double TimeScale { get; init; }

    /// <summary>The .NET tasks; null if they are not to be looked for, because nothing is to run.</summary>
    public TaskRegistry? Registry { get; init; }

    /// <summary>What names of .NET tasks meant when the job was submitted; what is found is added.</summary>
    public Dictionary<string, string> Uses { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Where the classes of services are found.</summary>
    public ServiceTypes Types { get; init; } = new([]);

    /// <summary>The services that were made for tasks.</summary>
    public MadeServices Made { get; init; } = new();

    /// <summary>The services that tasks see.</summary>
    private ServiceBinding Services { get => field ??= new(Types, Made); init; }

    /// <summary>Where the output of shell tasks goes; null for nowhere.</summary>
    public TaskLogFiles? Logs { get; init; }

    /// <summary>The flow as it is written, for those who only look at it.</summary>
    /// <exception cref="FlowDefinitionException">
    /// It, or a flow in it, has faults: all of them are listed, in the order of their places.
    /// </exception>
    /// <exception cref="LibraryException">It has no tasks, and only flows for others.</exception>
    public static Flow Define(FlowSource source) => new FlowCompiler().Compile(source).Definition;

    /// <summary>The flow, with what its tasks run.</summary>
    /// <param name="root">What the file says.</param>
    /// <param name="pack">Gives what the flow can be built from again, once all is known; null for nothing.</param>
    /// <exception cref="FlowDefinitionException">
    /// It, or a flow in it, has faults: all of them are listed, in the order of their places.
    /// </exception>
    /// <exception cref="LibraryException">It has no tasks, and only flows for others.</exception>
    public ExecutableFlow Compile(FlowSource root, Func<Payload>? pack = null)
    {
        foreach (var other in root.Others) Nested(other);
        foreach (var source in root.Others.Append(root)) ServicesOf(source.Services);
        var bodies = BodiesOf(root);
        root.Draft.Faults.AddRange(_faults);
        const int Most = FlowDefinitionException.MostFaults;
        if (root.Draft.Faults.Count > Most) root.Draft.Faults.RemoveRange(Most, root.Draft.Faults.Count - Most);
        try
        {
            return new ExecutableFlow(root.Draft.Build(), bodies) { Source = pack?.Invoke() };
        }
        catch (FlowDefinitionException e)
        {
            var news = e.Faults.Where(fault => IsNews(root, fault)).Select(fault => Placed(root, fault));
            var faults = FaultOrder.Of(news, root.Location);
            if (faults.Count > 0) throw new FlowDefinitionException(e.Flow, faults);
            throw new LibraryException(
                root.Draft.Name, [.. root.Others.Select(Nested).OfType<Flow<Payload, Payload>>()
                    .Select(flow => flow.Definition)]);
        }
    }

    private static FlowFault Placed(FlowSource source, FlowFault fault) =>
        fault.Location is null ? fault with { Location = source.Location } : fault;

    private static bool IsNews(FlowSource source, FlowFault fault) => fault.Code switch
    {
        // A part has the name of its task, whose own faults are told there.
        FlowFaultCode.BadName => !source.IsPart,
        FlowFaultCode.NoTasks => !source.NeedsNoTasks,
        _ => true,
    };

    private TaskBody[] BodiesOf(FlowSource source)
    {
        var bodies = new TaskBody[source.Draft.Tasks.Count];
        for (var i = 0; i < bodies.Length; i++) bodies[i] = BodyOf(source, i);
        return bodies;
    }

    private TaskBody BodyOf(FlowSource source, int number)
    {
        var (draft, task, recipe) = (source.Draft, source.Draft.Tasks[number], source.Recipes[number]);
        var body = recipe switch
        {
            TaskRecipe.Shell shell => new ShellTaskBody(shell, Directory, Logs),
            TaskRecipe.Sleep sleep => SleepTaskBody.Of(sleep.Recorded, TimeScale),
            TaskRecipe.Registered registered => Registered(draft, task, registered),
            TaskRecipe.Generated generated => Generating(task, generated),
            _ => Adding(task, recipe),
        };
        if (recipe.Keeping is { } keeping)
        {
            var below = (recipe as TaskRecipe.Shell)?.WorkingDirectory ?? "";
            body = KeepingBodies.Around(
                body, keeping, IdentityOf(task), source.IsPart, Path.Combine(Directory, below));
        }

        return recipe.Condition is { } condition
            ? new ConditionalBody(body, call => condition.Holds(ValueScope.Of(call).Get))
            : body;
    }

    // What it runs is in its kind; a flow that it runs is in the fingerprint of that.
    private static string IdentityOf(TaskDraft task) =>
        string.Join(' ', task.Templates.Select(template => template.Flow.Fingerprint).Prepend(task.Kind));

    private TaskBody Adding(TaskDraft task, TaskRecipe recipe)
    {
        var uses = recipe switch
        {
            TaskRecipe.Nested nested => [nested.Use],
            TaskRecipe.Mapped mapped => [mapped.Use],
            TaskRecipe.Repeated repeated => [repeated.Use],
            TaskRecipe.Chosen chosen => chosen.Cases.Select(one => one.Use).ToList(),
            TaskRecipe.States states => states.All.Select(state => state.Use).ToList(),
            TaskRecipe.Streamed streamed => [streamed.Each],
            _ => throw new System.Diagnostics.UnreachableException("A recipe has no arm [this is a bug in ActorFlow]."),
        };
        var flows = uses.Select(use => Nested(use.Flow)).OfType<Flow<Payload, Payload>>().ToList();
        // What is wrong with a flow is told with those of the whole file.
        if (flows.Count < uses.Count || flows.Count == 0) return SleepTaskBody.None;
        foreach (var use in uses) Limit(task, recipe, use.Flow);
        task.Templates = [.. flows.Select(flow => new FlowTemplate(flow.Definition, flow.ResultTask))];
        return recipe switch
        {
            TaskRecipe.Nested nested => AddingBodies.Nested(nested, flows[0]),
            TaskRecipe.Mapped mapped => AddingBodies.Mapped(mapped, flows[0]),
            TaskRecipe.Repeated repeated => AddingBodies.Repeated(repeated, flows[0]),
            TaskRecipe.States states => StateBody.Of(states, flows),
            TaskRecipe.Streamed streamed =>
                new StreamingBody(streamed, new ShellTaskBody(streamed.Command, Directory, Logs), flows[0]),
            _ => AddingBodies.Chosen((TaskRecipe.Chosen)recipe, flows),
        };
    }

    // The time that the flow's own jobs would have is the time of a task that runs it once.
    private void Limit(TaskDraft task, TaskRecipe recipe, FlowSource flow)
    {
        var policy = flow.Draft.Policy;
        if (policy.Timeout is { } timeout)
        {
            if (recipe is not TaskRecipe.Nested) ReportLimit("timeout", "'timeout: { total: … }' of the task");
            else if (task.Policy.Timeouts.Total is null)
                task.Policy = task.Policy with { Timeouts = task.Policy.Timeouts with { Total = timeout } };
        }

        if (recipe is TaskRecipe.Mapped && policy.FailFast) ReportLimit("fail-fast", "'on-error' of the task");
        if (recipe is TaskRecipe.Mapped && policy.MaxParallel is not null)
            ReportLimit("parallel", "'parallel' of the task");

        void ReportLimit(string key, string better) => _faults.Add(new FlowFault(
            FlowFaultCode.Misplaced,
            task.Name,
            $"Task '{task.Name}' runs flow '{flow.Draft.Name}' more than once or beside others, where its '{key}' "
            + $"means nothing; say {better} instead.")
        {
            Location = task.Location,
        });
    }

    private TaskBody Registered(FlowDraft draft, TaskDraft task, TaskRecipe.Registered recipe)
    {
        // That it names none has been told.
        if (Registry is null || string.IsNullOrWhiteSpace(recipe.Name)) return SleepTaskBody.None;
        // The job goes on with the version that was the latest when it was submitted.
        var wanted = Uses.GetValueOrDefault(recipe.Name, recipe.Name);
        if (!Registry.TryFind(wanted, out var found, out var problem))
        {
            draft.Faults.Add(new FlowFault(FlowFaultCode.UnknownTask, task.Name, $"Task '{task.Name}': {problem}")
            {
                Location = recipe.Location ?? task.Location,
            });
            return SleepTaskBody.None;
        }

        Uses[recipe.Name] = $"{found.Name}@{found.Version}";
        task.Kind = $"task:{found.Reference}";
        RegisteredParameters.Check(draft, task, found, recipe.Location);
        var body = found.CreateBody();
        if (recipe.Services is null || ServicesOf(recipe.Services) is not { } services) return body;
        task.Kind += $";services:{recipe.Services.Digest}";
        return services.Around(body);
    }

    // Classes are looked for where there are tasks to see them.
    private FlowServices? ServicesOf(ServiceScope? scope)
    {
        if (Registry is null) return null;
        return Services.Bind(scope, fault => _faults.Add(fault));
    }

    /// <summary>A flow that tasks run; null if it has faults, which are noted.</summary>
    private Flow<Payload, Payload>? Nested(FlowSource source)
    {
        if (_flows.TryGetValue(source, out var known)) return known;
        try
        {
            var bodies = BodiesOf(source);
            var definition = source.Draft.Build();
            return _flows[source] = new Flow<Payload, Payload>(
                new ExecutableFlow(definition, bodies), ResultOf(source, definition));
        }
        catch (FlowDefinitionException e)
        {
            foreach (var fault in e.Faults)
                if (IsNews(source, fault)) _faults.Add(Placed(source, fault));
            return _flows[source] = null;
        }
    }

    private int? ResultOf(FlowSource source, Flow flow)
    {
        if (source.HasNoResult) return null;
        if (source.ResultTask is { } name) return flow.TryFind(name, out var number) ? number : null;
        var last = flow.Tasks.Where(task => flow.DownstreamOf(task.Name).Count == 0).ToList();
        if (last.Count == 1) return last[0].Number;
        var names = string.Join(", ", last.Take(10).Select(task => $"'{task.Name}'"));
        _faults.Add(new FlowFault(
            FlowFaultCode.AmbiguousResult,
            null,
            $"The result of flow '{flow.Name}' could be the output of {names}{(last.Count > 10 ? " and others" : "")}; "
            + "name the task under 'result', or write 'result: null' for none.")
        {
            Location = source.Location,
        });
        return null;
    }
}
