using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>A task of a typed flow in the making: its bindings, then what it runs, then its policies.</summary>
internal sealed partial class TaskPlan
{
    /// <summary>What a task runs that is a function.</summary>
    public const string Lambda = "lambda";

    /// <summary>What a task runs that makes its class anew for every attempt.</summary>
    public const string Factory = "factory";

    private static readonly TaskPolicy Waits = TaskPolicy.Default with { Pool = TaskPolicy.AsyncPool };

    private readonly TaskDraft _draft;
    private readonly string _runs;
    private readonly object? _instance;
    private readonly int _sources;
    private readonly List<Delegate> _taken = [];
    private TaskPolicy _policy = TaskPolicy.Default;
    private string _kind = "";
    private string? _version;
    private Payload? _standIn;
    private int _conditions;
    private bool _mayWait;
    private TimeSpan? _total;
    private TaskSettings? _settings;

    /// <summary>Begins a task.</summary>
    /// <param name="flow">The flow that it will belong to.</param>
    /// <param name="name">Its name.</param>
    /// <param name="runs">What it runs: a class; <see cref="Lambda"/>, <see cref="Factory"/>, or more.</param>
    /// <param name="sources">How many sources will be bound.</param>
    /// <param name="instance">The instance of a class that it runs; null for other code.</param>
    public TaskPlan(FlowPlan flow, string name, string runs, int sources, object? instance = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        flow.ThrowIfBuilt();
        Flow = flow;
        _draft = new TaskDraft(name);
        _runs = runs;
        _instance = instance;
        _sources = sources;
    }

    /// <summary>A task of a flow that was built before.</summary>
    public TaskPlan(FlowPlan flow, FlowTask task, TaskBody body)
    {
        Flow = flow;
        _draft = task.ToDraft();
        var built = (BuiltBody)body;
        (_policy, _standIn) = (built.Ignored?.Said ?? task.Policy, built.Ignored?.Output);
        (Body, _around, _version, _instance) = (built.Code, built.Around, built.Version, built.Instance);
        _taken.AddRange(built.Taken);
        _settings = built.Settings?.Kept(_draft.Inputs);
        _runs = _kind = _version is null ? task.Kind : task.Kind[..^(_version.Length + 1)];
        Number = Flow.Add(this);
    }

    public FlowPlan Flow { get; }

    public string Name => _draft.Name;

    /// <summary>The type of its output; null if what it runs does not say.</summary>
    public Type? Output => Body.Output;

    /// <summary>The numbers of the tasks that it needs.</summary>
    public IEnumerable<int> Upstream =>
        _draft.Inputs.Where(input => input.TaskNumber >= 0).Select(input => input.TaskNumber);

    /// <summary>Its place in the flow, once it is known what it runs.</summary>
    public int Number { get; private set; }

    public TaskBody Body { get; private set; } = null!;

    /// <summary>Its policy, if failures are ignored; null if they are not.</summary>
    private IgnoredFailures? Ignored => _standIn is null ? null : new IgnoredFailures(_policy, _standIn);

    /// <summary>Takes the place of another task, together with others that do the same.</summary>
    public void MoveTo(int number, IReadOnlyDictionary<int, int> places)
    {
        Number = number;
        for (var i = 0; i < _draft.Inputs.Count; i++)
            if (_draft.Inputs[i] is var input && places.TryGetValue(input.TaskNumber, out var place))
                _draft.Inputs[i] = InputDraft.FromTask(input.Parameter, place) with
                {
                    Field = input.Field,
                    Required = input.Required,
                    IsOutcome = input.IsOutcome,
                };
    }

    /// <summary>Binds the next source.</summary>
    public TaskPlan Bind<T>(Source<T> source, out Func<TaskCall, T> read)
    {
        ArgumentNullException.ThrowIfNull(source);
        read = source.Bind(this, Parameters.At(_taken.Count, _sources));
        _taken.Add(read);
        return this;
    }

    /// <summary>Adds one input, and tells its place.</summary>
    public int Take(InputDraft input)
    {
        _draft.Inputs.Add(input);
        return _draft.Inputs.Count - 1;
    }

    /// <summary>Adds an input that the configuration gives, and tells its place.</summary>
    public int TakeSetting(Setting setting, string parameter)
    {
        var index = Take(InputDraft.FromValue(parameter, Payload.None) with { Setting = setting.Name });
        (_settings ??= new TaskSettings()).Declare(setting, index);
        return index;
    }

    public TaskHandle<TOut> Sync<TOut>(Func<TaskCall, TOut> run) =>
        End<TOut>(new SyncBody<TOut>(run), TaskPolicy.Default);

    public TaskHandle<Nothing> Sync(Action<TaskCall> run) => End<Nothing>(new SyncBody(run), TaskPolicy.Default);

    public TaskHandle<TOut> Async<TOut>(Func<TaskCall, Task<TOut>> run) => End<TOut>(new AsyncBody<TOut>(run), Waits);

    public TaskHandle<Nothing> Async(Func<TaskCall, Task> run) => End<Nothing>(new AsyncBody(run), Waits);

    /// <summary>Ends the plan of a task that adds flows to its job.</summary>
    public TaskHandle<TOut> Expanding<TOut>(IReadOnlyList<TypedFlow> flows, Func<TaskCall, Payload> run)
    {
        MayAdd(flows);
        return End<TOut>(new ExpandingBody<TOut>(run, flows), TaskPolicy.Default);
    }

    /// <summary>Lets the task add flows to its job while it runs.</summary>
    public void MayAdd(IReadOnlyList<TypedFlow> flows)
    {
        Flow.ThrowIfBuilt();
        _draft.Templates = [.. _draft.Templates, .. flows.Select(flow => flow.Template)];
    }

    /// <summary>Lets the task run only where a condition holds.</summary>
    public void OnlyIf<T>(Source<T> source, Func<T, bool> condition)
    {
        Flow.ThrowIfBuilt();
        var read = source.Bind(this, Free("condition", ref _conditions));
        Func<TaskBody, TaskBody> guard = body => new ConditionalBody(body, call => condition(read(call)));
        _around = _around with { Guards = [.. _around.Guards, guard] };
    }

    /// <summary>An attempt of the task may wait for others of the job.</summary>
    public void MayWait() => _mayWait = true;

    /// <summary>Limits the time of the task over all attempts.</summary>
    public void LimitTotal(TimeSpan limit) => _total = limit;

    /// <summary>Puts something around what the task runs.</summary>
    public void Wrap(Func<TaskBody, TaskBody> wrap)
    {
        Flow.ThrowIfBuilt();
        Body = wrap(Body);
    }

    public void Change(Func<TaskPolicy, TaskPolicy> change)
    {
        Flow.ThrowIfBuilt();
        _policy = change(_policy);
    }

    public void ChangeRetry(Func<RetryPolicy, RetryPolicy> change) =>
        Change(policy => policy with { Retry = change(policy.Retry) });

    public void IgnoreFailures(Payload output)
    {
        Flow.ThrowIfBuilt();
        _standIn = output;
    }

    public void Describe(string description)
    {
        Flow.ThrowIfBuilt();
        _draft.Description = description;
    }

    public void Tag(IReadOnlyList<string> tags)
    {
        Flow.ThrowIfBuilt();
        _draft.Tags = [.. _draft.Tags, .. tags];
    }

    public void SetVersion(string version)
    {
        Flow.ThrowIfBuilt();
        _version = version;
    }

    public void After(TaskPlan earlier, bool required = true)
    {
        Flow.ThrowIfBuilt();
        if (earlier.Flow != Flow) ReportForeign(earlier);
        else Take(InputDraft.FromTask("", earlier.Number) with { Required = required });
    }

    public void ReportForeign(TaskPlan other) =>
        ReportForeign(
            $"needs '{other.Name}' of another flow, '{other.Flow.Name}'; use the handle of a task of its own.");

    public void ReportForeign(string problem) => Report(FlowFaultCode.ForeignHandle, problem);

    public void Report(FlowFaultCode code, string problem) => Flow.Report(Fault(code, problem));

    public FlowFault Fault(FlowFaultCode code, string problem) => new(code, Name, $"Task '{Name}' {problem}");

    /// <summary>Gives the draft as it stands now, and reports what only this builder can see to be wrong.</summary>
    /// <param name="configuration">What is configured for the task; later values win.</param>
    /// <param name="faults">Where faults go.</param>
    public TaskDraft Draft(IReadOnlyList<JsonObject> configuration, List<FlowFault> faults)
    {
        if (_settings is not null || configuration.Count > 0)
            (_settings ??= new TaskSettings()).Resolve(this, _draft.Inputs, configuration, faults);
        if (_policy.Trigger != TriggerRule.AllSucceeded) CheckTrigger(faults);
        CheckStandIns(faults);
        if (_standIn is null && _policy.Retry is { MaxAttempts: 1, OnExhausted: Directive.Fail } retry
            && retry.On.Count + retry.Never.Count > 0)
            faults.Add(Fault(
                FlowFaultCode.BadPolicy, "says on what to retry, and has one attempt; say how many: Retry(3)."));
        if (_mayWait && _policy.Needs.Count > 0)
            faults.Add(Fault(
                FlowFaultCode.BadPolicy,
                $"holds {_policy.Needs} while it waits for flows that it may run, which may need the same and would "
                + "never get it; let the tasks of those flows need it."));
        if (_around is { Cache: not null, WritesFiles: true })
            faults.Add(Fault(
                FlowFaultCode.BadPolicy,
                "caches its results and is to write files: with a result from the cache the files would still be those "
                + "of another input. Leave out Cache(), or the Outputs of UpToDate()."));
        _draft.Kind = Versioned(_kind);
        _draft.Policy = Kept(Ignored?.Whole ?? _policy, faults);
        return _draft;
    }

    private TaskHandle<TOut> End<TOut>(TaskBody body, TaskPolicy policy)
    {
        if (OutputTypes.Problem(typeof(TOut)) is { } problem) Flow.Report(Fault(FlowFaultCode.TypeMismatch, problem));
        _kind = _runs is Lambda or Factory
            ? $"{_runs}:({string.Join(", ", _taken.Select(read => TypeNames.Full(TakenInputs.TypeOf(read))))}) -> "
                + TypeNames.Full(typeof(TOut))
            : _runs;
        _draft.OutputType = TypeNames.Short(typeof(TOut));
        _policy = _total is null ? policy : policy with { Timeouts = policy.Timeouts with { Total = _total } };
        Body = body;
        Number = Flow.Add(this);
        return new TaskHandle<TOut>(this);
    }

    // Without a stand-in dependents would get the default of the type, which nobody chose.
    private void CheckStandIns(List<FlowFault> faults)
    {
        var isMissing = _policy.Retry is { OnExhausted: Directive.Ignore, DefaultOutput: null } && _standIn is null
            || _policy.Supervision.Any(rule => rule is { Directive: Directive.Ignore, DefaultOutput: null });
        if (isMissing && Output is { IsValueType: true } type && type != typeof(Nothing)
            && Nullable.GetUnderlyingType(type) is null)
            faults.Add(Fault(
                FlowFaultCode.BadPolicy,
                $"is to go on after a failure, and says not with what: its output is {TypeNames.WithArticle(type)}. "
                + "Give a stand-in: IgnoreOn<TException>(output), IgnoreFailures(output), or the DefaultOutput."));
    }

    // Said as an object, it would reach the journal as one when the task has failed.
    private TaskPolicy Kept(TaskPolicy policy, List<FlowFault> faults)
    {
        try
        {
            return Payloads.Kept(policy);
        }
        catch (PayloadException e)
        {
            faults.Add(Fault(FlowFaultCode.BadPolicy, $"has a stand-in that cannot be kept: {e.Message}"));
            return policy;
        }
    }

    // The trigger lets the task run when an upstream task has no output: what it takes must be allowed to be missing.
    private void CheckTrigger(List<FlowFault> faults)
    {
        foreach (var input in _draft.Inputs)
            if (input is { TaskNumber: >= 0, Required: true, Parameter.Length: > 0 })
                faults.Add(Fault(
                    FlowFaultCode.BadPolicy,
                    $"runs when its trigger rule is {_policy.Trigger}, even if '{Flow.NameOf(input.TaskNumber)}' has "
                    + $"no output for its parameter '{input.Parameter}'; bind it with OrDefault()."));
    }
}
