using ActorFlow.Actors;
using ActorFlow.Engine;

namespace ActorFlow.TestKit;

/// <summary>
/// One job of a flow, run in memory under a virtual clock: days pass in milliseconds, tasks are replaced by stubs, and
/// failures, hangs and crashes come when the test wants them.
/// </summary>
/// <remarks>
/// <para>The engine, its supervisors and the tasks run on one thread, one after the other, so a test runs the same way
/// each time. Outputs are kept as JSON, so each task gets a copy, exactly as with a durable journal.</para>
/// <para>The clock turns to the next timer as soon as nothing else can happen. While the code of a task waits for
/// something real (a file, a server) the clock stands still; code that waits by <see cref="TaskContext.Time"/> lets it
/// turn.</para>
/// </remarks>
public sealed class FlowTest : IAsyncDisposable
{
    private readonly ExecutableFlow _flow;
    private readonly FlowTestOptions _options;
    private readonly FlowWorld _world;
    private readonly TaskScripts _scripts;
    private int _cursor;

    /// <summary>Prepares a test; nothing runs yet.</summary>
    /// <param name="flow">The flow; a typed one has it as its <c>Executable</c>.</param>
    /// <param name="options">How to run it; the defaults if null.</param>
    public FlowTest(ExecutableFlow flow, FlowTestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(flow);
        _options = options ?? new FlowTestOptions();
        var watch = new AttemptWatch();
        _scripts = new TaskScripts(flow.Definition);
        _flow = WrappingBody.Wrap(flow, body => new TestBody(body, _scripts, watch));
        _world = new FlowWorld(_flow, _options, watch);
    }

    /// <summary>The virtual clock.</summary>
    public TimeProvider Time => _world.Time;

    /// <summary>All that has happened so far, a line each.</summary>
    public string Story => FlowStory.Of(_world.Events);

    /// <summary>Lets a task give an output instead of running its code.</summary>
    /// <remarks>
    /// This, and whatever else names a task, takes tasks that others add while the job runs too: <c>m[2]</c> of a map
    /// <c>m</c>, <c>nested.inner</c>. A <c>*</c> stands for anything: <c>m[*]</c> is every item. A stub takes the place
    /// of all that the task does: of its condition, its cache and what it saves too. It gives what the task gives:
    /// where that shows only as the job runs, as with an item of a map, a stub of another type lets its task fail.
    /// </remarks>
    /// <exception cref="FlowTestException">The task gives something else.</exception>
    /// <exception cref="ActorFlowException">There is no such task.</exception>
    public FlowTest Stub<T>(string task, T output) =>
        Stub(task, _ => output, (name, body) => OutputTypes.RequireValue(name, body, output));

    /// <summary>Lets a task run other code instead of its own.</summary>
    /// <exception cref="FlowTestException">The task gives something else.</exception>
    /// <exception cref="ActorFlowException">There is no such task.</exception>
    public FlowTest Stub<T>(string task, Func<TaskCall, T> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Stub(task, run, (name, body) => OutputTypes.RequireType(name, body, typeof(T)));
    }

    /// <summary>
    /// Lets every task of a class give an output instead of running its code, also those that are added while the job
    /// runs. Tasks of generic classes and those that a factory makes are not known by class: stub them by name.
    /// </summary>
    /// <typeparam name="TTask">The class.</typeparam>
    /// <typeparam name="T">The type of the output.</typeparam>
    /// <exception cref="FlowTestException">The flow has no task of that class, or it gives something else.</exception>
    public FlowTest StubAll<TTask, T>(T output)
    {
        var name = typeof(TTask).FullName!;
        var seen = new HashSet<Flow>(ReferenceEqualityComparer.Instance);
        var meant = In(_flow).ToList();
        if (meant.Count == 0)
            throw new FlowTestException($"Flow '{_flow.Definition.Name}' has no task of class {name}.");
        foreach (var (task, body) in meant) OutputTypes.RequireValue(task.Name, body, output);
        _scripts.Say(IsMeant, script => script.Stub(_ => output));
        return this;

        bool IsMeant(FlowTask task) =>
            task.Kind == name || task.Kind.StartsWith(name + "@", StringComparison.Ordinal);

        IEnumerable<(FlowTask Task, TaskBody Body)> In(ExecutableFlow flow) => !seen.Add(flow.Definition)
            ? []
            : flow.Definition.Tasks.SelectMany(task => flow.BodyOf(task.Number).Templates.SelectMany(In)
                .Concat(IsMeant(task) ? [(task, flow.BodyOf(task.Number))] : []));
    }

    /// <summary>Lets the next attempts of a task fail; what comes after them is as it was.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="failure">What they throw.</param>
    /// <param name="attempts">How many; all by default.</param>
    /// <exception cref="ActorFlowException">There is no such task.</exception>
    public FlowTest Fail(string task, Exception failure, int attempts = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        _scripts.Say(task, script => script.Fail(() => failure, attempts));
        return this;
    }

    /// <summary>Lets the next attempts of a task hang.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="heedsCancellation">Whether they stop when they are asked to; otherwise they are abandoned.</param>
    /// <param name="attempts">How many; all by default.</param>
    /// <exception cref="ActorFlowException">There is no such task.</exception>
    public FlowTest Hang(string task, bool heedsCancellation = true, int attempts = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        _scripts.Say(task, script => script.Hang(heedsCancellation, attempts));
        return this;
    }

    /// <summary>
    /// Lets the process die as soon as something has happened and is durable, before anything follows from it. Another
    /// one resumes the job.
    /// </summary>
    /// <remarks>
    /// Each call is good for one crash; several come one after the other. A crash that has not come when the job has
    /// ended fails the test, in <see cref="RunAsync"/> and <see cref="EndAsync"/>.
    /// </remarks>
    /// <exception cref="ActorFlowException">There is no such task.</exception>
    public FlowTest CrashAfter(Expectation happening)
    {
        TaskNames.Require(_flow.Definition, happening);
        _world.CrashAfter(happening);
        return this;
    }

    /// <summary>Submits the job. Nothing of it runs before something is awaited.</summary>
    /// <param name="input">The job's input; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JobRejectedException">The flow cannot read the input.</exception>
    public Task StartAsync(object? input = null, CancellationToken cancellationToken = default) =>
        _world.StartAsync(input is null ? Payload.None : _options.Codec.Encode(input), cancellationToken);

    /// <summary>Runs the job to its end.</summary>
    /// <param name="input">The job's input; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FlowTestException">It does not end, or does so without a crash that was to come.</exception>
    /// <exception cref="JobRejectedException">The flow cannot read the input.</exception>
    public async Task<FlowRun> RunAsync(object? input = null, CancellationToken cancellationToken = default)
    {
        await StartAsync(input, cancellationToken).ConfigureAwait(false);
        return await EndAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets the job go on, and time pass, until something happens that has not been awaited yet.</summary>
    /// <exception cref="FlowTestException">It does not happen; the message tells what did.</exception>
    /// <exception cref="ActorFlowException">There is no such task.</exception>
    public Task ExpectAsync(Expectation expected, CancellationToken cancellationToken = default)
    {
        TaskNames.Require(_flow.Definition, expected);
        return _world.DriveAsync(() => HasCome(expected), $"It was expected that {expected}", cancellationToken);
    }

    /// <summary>Lets the job go on while so much time passes.</summary>
    public Task AdvanceAsync(TimeSpan span, CancellationToken cancellationToken = default) =>
        _world.AdvanceAsync(span, cancellationToken);

    /// <summary>Lets the job go on to its end.</summary>
    /// <exception cref="FlowTestException">It does not end, or does so without a crash that was to come.</exception>
    public async Task<FlowRun> EndAsync(CancellationToken cancellationToken = default)
    {
        await _world.DriveAsync(
            () => _world.HasEnded, "The job was expected to end", cancellationToken).ConfigureAwait(false);
        _world.RequireCrashes();
        return new FlowRun(_flow, _world.Report(), [.. _world.Events], _world.Lives, _options.Codec);
    }

    /// <summary>Lets the process die now; another one resumes the job.</summary>
    public void Crash() => _world.Crash();

    /// <summary>Cancels the job.</summary>
    /// <exception cref="JobRejectedException">The job has ended.</exception>
    public Task CancelAsync(string? reason = null, CancellationToken cancellationToken = default) =>
        _world.AskAsync(at => new JobCommand.CancelJob(at, reason), cancellationToken);

    /// <summary>Nothing new starts until the job is continued.</summary>
    /// <exception cref="JobRejectedException">The job is about to end, or has.</exception>
    public Task PauseAsync(CancellationToken cancellationToken = default) =>
        _world.AskAsync(at => new JobCommand.PauseJob(at), cancellationToken);

    /// <summary>Ends a pause.</summary>
    /// <exception cref="JobRejectedException">The job has ended.</exception>
    public Task ContinueAsync(CancellationToken cancellationToken = default) =>
        _world.AskAsync(at => new JobCommand.ContinueJob(at), cancellationToken);

    /// <summary>Runs the failed and skipped tasks of an ended job again.</summary>
    /// <exception cref="JobRejectedException">It has not ended, or nothing failed.</exception>
    public Task RetryFailedAsync(CancellationToken cancellationToken = default) =>
        _world.AskAsync(at => new JobCommand.RetryFailed(at), cancellationToken);

    /// <summary>Decides for a task that is held.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="directive">What to do.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JobRejectedException">The task is not held.</exception>
    public Task SettleAsync(string task, Directive directive, CancellationToken cancellationToken = default)
    {
        var number = _world.NumberOf(task);
        return _world.AskAsync(at => new JobCommand.SettleTask(at, number, directive, null), cancellationToken);
    }

    /// <summary>Gives a task that is held its output: the job goes on as if it had succeeded.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="output">The output.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JobRejectedException">The task is not held.</exception>
    /// <exception cref="FlowTestException">The task gives something else.</exception>
    public Task CompleteTaskAsync<T>(string task, T output, CancellationToken cancellationToken = default)
    {
        var number = _world.NumberOf(task);
        if (_flow.Definition.TryFind(task, out var own)) OutputTypes.RequireValue(task, _flow.BodyOf(own), output);
        return _world.AskAsync(
            at => new JobCommand.SettleTask(at, number, Directive.Ignore, Payload.Live(output)), cancellationToken);
    }

    /// <summary>Ends the test; what still runs is left alone.</summary>
    public async ValueTask DisposeAsync() => await _world.DisposeAsync().ConfigureAwait(false);

    private FlowTest Stub<T>(string task, Func<TaskCall, T> run, Action<string, TaskBody> require)
    {
        if (_flow.Definition.TryFind(task, out var number))
            require(_flow.Definition.TaskNames[number], _flow.BodyOf(number));
        _scripts.Say(task, script => script.Stub(run));
        return this;
    }

    private bool HasCome(Expectation expected)
    {
        for (; _cursor < _world.Events.Count; _cursor++)
        {
            var fact = _world.Events[_cursor];
            if (!expected.IsMetBy(fact, FlowStory.TaskOf(_world.TaskNames, fact))) continue;
            _cursor++;
            return true;
        }

        return false;
    }
}
