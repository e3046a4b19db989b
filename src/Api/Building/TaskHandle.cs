using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>A task of a flow in the making, whatever its output.</summary>
public interface ITaskHandle
{
    /// <summary>The task's name.</summary>
    string Name { get; }

    internal TaskPlan Plan { get; }
}

/// <summary>A task of a flow in the making: a source for other tasks, and where its policies are set.</summary>
/// <remarks>Every method that sets something changes this task and gives the same handle back.</remarks>
/// <typeparam name="T">The type of the task's output.</typeparam>
public sealed partial class TaskHandle<T> : OutputSource<T>, ITaskHandle
{
    internal TaskHandle(TaskPlan plan) : base(plan, null, static (call, payload) => call.Decode<T>(payload)!) { }

    /// <inheritdoc />
    public string Name => Producer.Name;

    TaskPlan ITaskHandle.Plan => Producer;

    /// <summary>Allows several attempts.</summary>
    /// <param name="attempts">Attempts in all, the first one included; at least 1.</param>
    /// <param name="backoff">The delay between them. The default is none.</param>
    public TaskHandle<T> Retry(int attempts, Backoff? backoff = null) =>
        Retried(retry => retry with { MaxAttempts = attempts, Backoff = backoff ?? retry.Backoff });

    /// <summary>
    /// Sets the whole retry policy, in place of all that was said about retries before;
    /// <see cref="IgnoreFailures"/> stays.
    /// </summary>
    public TaskHandle<T> Retry(RetryPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Retried(_ => policy);
    }

    /// <summary>Retries only these failures and others named so; exceptions that derive from it count.</summary>
    public TaskHandle<T> RetryOn<TException>() where TException : Exception =>
        Retried(retry => retry with { On = [.. retry.On, NameOf<TException>()] });

    /// <summary>Never retries these failures; exceptions that derive from it count.</summary>
    public TaskHandle<T> NeverRetry<TException>() where TException : Exception =>
        Retried(retry => retry with { Never = [.. retry.Never, NameOf<TException>()] });

    /// <summary>Limits the time of each attempt. The default is no limit.</summary>
    public TaskHandle<T> Timeout(TimeSpan attempt) =>
        Changed(policy => policy with { Timeouts = policy.Timeouts with { Attempt = attempt } });

    /// <summary>Sets all time limits, in place of those set before.</summary>
    public TaskHandle<T> Timeouts(TaskTimeouts timeouts)
    {
        ArgumentNullException.ThrowIfNull(timeouts);
        return Changed(policy => policy with { Timeouts = timeouts });
    }

    /// <summary>
    /// Says when the task may run. With a rule other than <see cref="TriggerRule.AllSucceeded"/> an upstream task may
    /// have no output: what is taken from it must be bound with <c>OrDefault()</c>.
    /// </summary>
    public TaskHandle<T> When(TriggerRule trigger) => Changed(policy => policy with { Trigger = trigger });

    /// <summary>
    /// Runs only where a condition on a value holds; where not, the task is skipped, which is no failure, and so are
    /// those that need its output.
    /// </summary>
    /// <param name="source">Where the value comes from; if that is another task, it ends first.</param>
    /// <param name="condition">
    /// Looks at the value before the first attempt does anything. It is asked again only if it threw itself, if the
    /// process died before an attempt had failed, and when the job is retried after its end: a task that has failed is
    /// not skipped any more.
    /// </param>
    public TaskHandle<T> OnlyIf<TValue>(Source<TValue> source, Func<TValue, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(condition);
        Producer.OnlyIf(source, condition);
        return this;
    }

    /// <summary>Lets the task's code run flows: <c>context.RunAsync(flow, input)</c>.</summary>
    public TaskHandle<T> MayRun(params IReadOnlyList<TypedFlow> flows)
    {
        ArgumentNullException.ThrowIfNull(flows);
        Producer.MayAdd(flows);
        Producer.MayWait();
        Producer.Wrap(body => new HostingBody(body, flows));
        return this;
    }

    /// <summary>Needs other tasks and takes nothing from them; they end first and count for the trigger rule.</summary>
    public TaskHandle<T> After(params ReadOnlySpan<ITaskHandle> tasks)
    {
        foreach (var task in tasks)
        {
            ArgumentNullException.ThrowIfNull(task, nameof(tasks));
            Producer.After(task.Plan);
        }

        return this;
    }

    /// <summary>
    /// Comes after other tasks have ended, however they did: one that fails or is skipped does not skip this one.
    /// </summary>
    public TaskHandle<T> AfterDone(params ReadOnlySpan<ITaskHandle> tasks)
    {
        foreach (var task in tasks)
        {
            ArgumentNullException.ThrowIfNull(task, nameof(tasks));
            Producer.After(task.Plan, required: false);
        }

        return this;
    }

    /// <summary>
    /// The other way round: those tasks need this one and take nothing from it, as if each said <c>After(this)</c>.
    /// </summary>
    public TaskHandle<T> Before(params ReadOnlySpan<ITaskHandle> tasks)
    {
        foreach (var task in tasks)
        {
            ArgumentNullException.ThrowIfNull(task, nameof(tasks));
            task.Plan.After(Producer);
        }

        return this;
    }

    /// <summary>A task alone stands for a group of one.</summary>
    public static implicit operator TaskGroup(TaskHandle<T> task) => TaskGroup.Of([task]);

    /// <inheritdoc cref="TaskGroup.op_RightShift(TaskGroup, TaskGroup)"/>
    public static TaskGroup operator >>(TaskHandle<T> first, TaskGroup next) => TaskGroup.Of([first]) >> next;

    /// <inheritdoc cref="TaskGroup.op_LeftShift(TaskGroup, TaskGroup)"/>
    public static TaskGroup operator <<(TaskHandle<T> last, TaskGroup before) => TaskGroup.Of([last]) << before;

    /// <summary>Takes slots of another pool.</summary>
    /// <param name="name">
    /// The pool. The default is <see cref="TaskPolicy.AsyncPool"/> for async code and
    /// <see cref="TaskPolicy.ComputePool"/> for all other.
    /// </param>
    public TaskHandle<T> Pool(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Changed(policy => policy with { Pool = name });
    }

    /// <summary>Takes units of a resource of the engine while an attempt runs, and waits its turn for them.</summary>
    /// <remarks>
    /// It holds all that it needs from its start to its end, or nothing while it waits; the waiting counts for its
    /// time-outs. Its programs run on what it holds.
    /// </remarks>
    /// <param name="resource">The resource: one of <see cref="ActorFlowOptions.Resources"/>.</param>
    /// <param name="units">How many units; 1 by default.</param>
    public TaskHandle<T> Needs(string resource, int units = 1)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Changed(policy => policy with { Needs = policy.Needs.With(resource, units) });
    }

    /// <summary>Goes before ready tasks of the same job with a lower priority. The default is 0.</summary>
    public TaskHandle<T> Priority(int priority) => Changed(policy => policy with { Priority = priority });

    /// <summary>Adds rules about failures: the first that matches decides, before the retry policy is asked.</summary>
    public TaskHandle<T> Supervise(params IReadOnlyList<SupervisionRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Changed(policy => policy with { Supervision = [.. policy.Supervision, .. rules] });
    }

    /// <summary>
    /// Adds a rule about one kind of failure; exceptions that derive from it count. To ignore it, give a stand-in: see
    /// <see cref="IgnoreOn{TException}"/>.
    /// </summary>
    public TaskHandle<T> OnFailure<TException>(Directive directive) where TException : Exception =>
        Supervise(new SupervisionRule(directive) { On = [NameOf<TException>()] });

    /// <summary>
    /// Goes on with a stand-in at once when an attempt fails in such a way, as if the task had succeeded; exceptions
    /// that derive from it count.
    /// </summary>
    /// <param name="output">What stands in; must be written as JSON with default options.</param>
    /// <exception cref="PayloadException">It cannot be written as JSON.</exception>
    public TaskHandle<T> IgnoreOn<TException>(T output) where TException : Exception =>
        Supervise(new SupervisionRule(Directive.Ignore)
        {
            On = [NameOf<TException>()],
            DefaultOutput = Payloads.Of(output),
        });

    /// <summary>
    /// Goes on with a stand-in when the last attempt has failed, as if the task had succeeded. A time-out over all
    /// attempts still fails it, and so do one for the start, and too many attempts that crashes cost. Whatever is said
    /// about retries, before or after, goes on counting until then.
    /// </summary>
    /// <param name="output">What stands in; must be written as JSON with default options.</param>
    /// <exception cref="PayloadException">It cannot be written as JSON.</exception>
    public TaskHandle<T> IgnoreFailures(T output)
    {
        Producer.IgnoreFailures(Payloads.Of(output));
        return this;
    }

    /// <summary>
    /// Gives the task what it takes from its configuration, as in <c>Configure(new { Factor = 3 })</c>. What is said
    /// later wins, over a configuration of the host too.
    /// </summary>
    /// <exception cref="PayloadException">The values cannot be written as JSON, or have no names.</exception>
    public TaskHandle<T> Configure(object values)
    {
        Producer.Flow.Configure(Name, ConfiguredValues.Of(values));
        return this;
    }

    /// <summary>Adds words to find the task by.</summary>
    public TaskHandle<T> Tag(params IReadOnlyList<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        Producer.Tag(tags);
        return this;
    }

    /// <summary>Says what the task is for.</summary>
    public TaskHandle<T> Describe(string description)
    {
        Producer.Describe(description);
        return this;
    }

    /// <summary>
    /// Says which version of its code the task runs. The engine cannot see that the code of a lambda or a class
    /// changed: only a changed version makes it notice when a job is resumed.
    /// </summary>
    public TaskHandle<T> Version(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        Producer.SetVersion(version);
        return this;
    }

    private TaskHandle<T> Changed(Func<TaskPolicy, TaskPolicy> change)
    {
        Producer.Change(change);
        return this;
    }

    private TaskHandle<T> Retried(Func<RetryPolicy, RetryPolicy> change)
    {
        Producer.ChangeRetry(change);
        return this;
    }

    private static string NameOf<TException>() => typeof(TException).FullName ?? typeof(TException).Name;
}
