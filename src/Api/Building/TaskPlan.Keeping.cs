using ActorFlow.Actors;

namespace ActorFlow;

/// <content>What is kept of a task's runs: cached results, datasets, the state of the last run.</content>
internal sealed partial class TaskPlan
{
    private Wrappings _around = Wrappings.None;
    private int _keys;

    /// <summary>What it takes, as it is when an attempt runs.</summary>
    public TakenInputs Inputs => new(_taken);

    /// <summary>Where its flow caches results; null for where the engine does.</summary>
    public ICacheStore? CacheStore => _around.CacheStore;

    /// <summary>
    /// Names what the task computes, whatever it takes: its class with the values that the instance was made with, or
    /// for code without a name its own place; and the flows that it may add, which do the work.
    /// </summary>
    public string Identity
    {
        get
        {
            var values = _instance is null ? "" : InstanceValues.Of(_instance);
            var code = _instance is null ? $"{Flow.Name}/{Name}/{Versioned(_kind)}"
                : values.Length == 0 ? Versioned(_kind)
                : $"{Versioned(_kind)}\n{values}";
            var flows = _draft.Templates.Select(added => $" + {added.Flow.Fingerprint}:{added.Result}");
            return string.Concat([code, .. flows]);
        }
    }

    /// <summary>A name of what the task computes, with its version.</summary>
    public string Versioned(string name) => _version is null ? name : $"{name}@{_version}";

    /// <summary>Caches the task's results.</summary>
    public void Cache(Func<TaskPlan, TaskBody, TaskBody> wrap)
    {
        Flow.ThrowIfBuilt();
        _around = _around with { Cache = wrap };
    }

    /// <summary>Binds a source that the key of a cached result is made of.</summary>
    public Func<TaskCall, T> BindKey<T>(Source<T> source) => source.Bind(this, Free("key", ref _keys));

    /// <summary>Saves the task's output.</summary>
    public void Save(Func<TaskBody, TaskBody> wrap)
    {
        Flow.ThrowIfBuilt();
        _around = _around with { Saves = [.. _around.Saves, wrap] };
    }

    /// <summary>Keeps the state of the task's runs.</summary>
    /// <param name="wrap">Does it.</param>
    /// <param name="writesFiles">Whether the task was declared to write files.</param>
    public void UpToDate(Func<TaskPlan, TaskBody, TaskBody> wrap, bool writesFiles)
    {
        Flow.ThrowIfBuilt();
        _around = _around with { UpToDate = wrap, WritesFiles = writesFiles };
    }

    /// <summary>What the task runs, with everything around it, and with what it takes to go on from there.</summary>
    public TaskBody Finish()
    {
        // What was built before stays where it was kept.
        if ((Flow.Datasets, Flow.Cache) is not (null, null))
            _around = _around with
            {
                Datasets = _around.Datasets ?? Flow.Datasets,
                CacheStore = _around.CacheStore ?? Flow.Cache,
            };
        return new BuiltBody(_around.Around(this, Body))
        {
            Code = Body,
            Around = _around,
            Taken = [.. _taken],
            Version = _version,
            Instance = _instance,
            Ignored = Ignored,
            Settings = _settings,
        };
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

    /// <summary>A name for a parameter that no input has: those of a flow that was built before have theirs.</summary>
    private string Free(string kind, ref int last)
    {
        string name;
        do name = $"{kind}{++last}";
        while (_draft.Inputs.Any(input => input.Parameter.StartsWith(name, StringComparison.Ordinal)));
        return name;
    }
}
