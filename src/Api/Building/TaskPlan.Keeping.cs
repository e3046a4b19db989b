using ActorFlow.Actors;

namespace ActorFlow;

/// <content>What is kept of a task's runs: cached results, datasets, the state of the last run.</content>
internal sealed partial class TaskPlan
{
    private readonly List<Func<TaskBody, TaskBody>> _guards = [];
    private readonly List<Func<TaskBody, TaskBody>> _saves = [];
    private Func<TaskBody, TaskBody>? _cache;
    private Func<TaskBody, TaskBody>? _upToDate;
    private int _keys;

    /// <summary>What it takes, as it is when an attempt runs.</summary>
    public TakenInputs Inputs => new(_taken);

    /// <summary>
    /// Names what the task computes, whatever it takes: its class, or for code without a name its own place.
    /// </summary>
    public string Identity
    {
        get
        {
            var isNamed = _runs is not (Lambda or Factory);
            var code = _version is null ? _kind : $"{_kind}@{_version}";
            return isNamed ? code : $"{Flow.Name}/{Name}/{code}";
        }
    }

    /// <summary>Caches the task's results.</summary>
    public void Cache(Func<TaskBody, TaskBody> wrap)
    {
        Flow.ThrowIfBuilt();
        _cache = wrap;
    }

    /// <summary>Binds a source that the key of a cached result is made of.</summary>
    public Func<TaskCall, T> BindKey<T>(Source<T> source) => source.Bind(this, $"key{++_keys}");

    /// <summary>Saves the task's output.</summary>
    public void Save(Func<TaskBody, TaskBody> wrap)
    {
        Flow.ThrowIfBuilt();
        _saves.Add(wrap);
    }

    /// <summary>Keeps the state of the task's runs.</summary>
    public void UpToDate(Func<TaskBody, TaskBody> wrap)
    {
        Flow.ThrowIfBuilt();
        _upToDate = wrap;
    }

    /// <summary>
    /// What the task runs, with everything around it in its order: conditions decide first, then whether there is
    /// anything to do, then whether the result is there already; an output is saved before it is cached.
    /// </summary>
    public TaskBody Finish()
    {
        var body = Body;
        foreach (var save in _saves) body = save(body);
        if (_cache is not null) body = _cache(body);
        if (_upToDate is not null) body = _upToDate(body);
        foreach (var guard in _guards) body = guard(body);
        return Flow.Datasets is { } store ? new DatasetsBody(body, store) : body;
    }

    /// <summary>Reads a template, and reports what is wrong with it.</summary>
    /// <returns>Null if it has faults.</returns>
    public KeyTemplate? Template(string template, string what)
    {
        var problems = new List<string>();
        var read = KeyTemplate.Parse(template, Inputs, problems);
        foreach (var problem in problems)
            Flow.Report(Fault(FlowFaultCode.UnknownParameter, $"has the {what} '{template}': {problem}"));
        return read;
    }
}
