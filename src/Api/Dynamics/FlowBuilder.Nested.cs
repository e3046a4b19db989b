using System.Globalization;
using ActorFlow.Actors;

namespace ActorFlow;

/// <content>Tasks that run other flows: once, again and again, or one of several.</content>
public sealed partial class FlowBuilder<TIn>
{
    private const int MostRounds = 10_000;

    /// <summary>Adds a task that runs another flow; its tasks are tasks of this job, called <c>name.TASK</c>.</summary>
    /// <remarks>The time limit of the flow is that of the task, unless the task is given another.</remarks>
    /// <param name="name">The task's name.</param>
    /// <param name="input">Where the other flow's input comes from.</param>
    /// <param name="flow">The other flow.</param>
    public TaskHandle<TOut> Run<T, TOut>(string name, Source<T> input, Flow<T, TOut> flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var plan = Begin(name, flow, 1, "flow").Bind(input, out var read);
        return Within(plan, flow).Expanding<TOut>([flow], call => call.LastStep is { } step
            ? PartResults.ResultOrSkip(call, step)
            : call.Expand(Expansions.Once(flow.Name, 0, call.Encode(read(call)), flow)));
    }

    /// <summary>Adds a task that runs another flow and tells how it ended, also if it failed.</summary>
    /// <remarks>
    /// The time limit of the flow is that of the task, unless the task is given another: when it is over, the task
    /// fails.
    /// </remarks>
    /// <param name="name">The task's name.</param>
    /// <param name="input">Where the other flow's input comes from.</param>
    /// <param name="flow">The other flow.</param>
    public TaskHandle<PartResult<TOut>> Try<T, TOut>(string name, Source<T> input, Flow<T, TOut> flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var plan = Begin(name, flow, 1, "try").Bind(input, out var read);
        return Within(plan, flow).Expanding<PartResult<TOut>>([flow], call => call.LastStep is { } step
            ? call.Encode(PartResults.Of<TOut>(call, step.Parts[0]))
            : call.Expand(Expansions.Once(flow.Name, 0, call.Encode(read(call)), flow) with
            {
                HandsOverFailures = true,
            }));
    }

    /// <summary>Adds a task that runs one of several flows, chosen by a value.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="input">Where the value comes from: the input of the flow that is chosen.</param>
    /// <param name="choose">Gives the flow to run; null for none, and then the task is skipped.</param>
    /// <param name="flows">All flows that may be chosen.</param>
    public TaskHandle<TOut> Choose<T, TOut>(
        string name, Source<T> input, Func<T, Flow<T, TOut>?> choose, params IReadOnlyList<Flow<T, TOut>> flows)
    {
        ArgumentNullException.ThrowIfNull(choose);
        ArgumentNullException.ThrowIfNull(flows);
        var plan = Begin(name, choose, 1, "choose").Bind(input, out var read);
        RefuseTimeouts(plan, flows);
        return plan.Expanding<TOut>(flows, call =>
        {
            if (call.LastStep is { } step) return PartResults.ResultOrSkip(call, step);
            var value = read(call);
            if (choose(value) is not { } flow) return call.Skip();
            var template = Expansions.TemplateOf(call, flows, flow);
            return call.Expand(Expansions.Once(flow.Name, template, call.Encode(value), flow));
        });
    }

    /// <summary>Adds a task that runs a flow on its own result as long as a condition holds; maybe never.</summary>
    /// <param name="name">The task's name; the rounds are called <c>name[0]</c>, <c>name[1]</c>…</param>
    /// <param name="initial">Where the first round's input comes from.</param>
    /// <param name="condition">Looks at what the next round would get.</param>
    /// <param name="body">What runs in a round.</param>
    /// <param name="maxRounds">After so many rounds it ends with what it has. The default is 10,000.</param>
    public TaskHandle<T> While<T>(
        string name, Source<T> initial, Func<T, bool> condition, Flow<T, T> body, int maxRounds = MostRounds)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Rounds("while", name, initial, (value, round) => round < maxRounds && condition(value), body, maxRounds);
    }

    /// <summary>Adds a task that runs a flow on its own result until a condition holds; once at least.</summary>
    /// <inheritdoc cref="While{T}(string, Source{T}, Func{T, bool}, Flow{T, T}, int)"/>
    public TaskHandle<T> DoUntil<T>(
        string name, Source<T> initial, Func<T, bool> condition, Flow<T, T> body, int maxRounds = MostRounds)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Rounds(
            "until", name, initial, (value, round) => round == 0 || (round < maxRounds && !condition(value)), body,
            maxRounds);
    }

    /// <summary>Adds a task that runs a flow on its own result so many times.</summary>
    /// <param name="name">The task's name; the rounds are called <c>name[0]</c>, <c>name[1]</c>…</param>
    /// <param name="initial">Where the first round's input comes from.</param>
    /// <param name="times">How many rounds there are.</param>
    /// <param name="body">What runs in a round.</param>
    public TaskHandle<T> Repeat<T>(string name, Source<T> initial, int times, Flow<T, T> body) =>
        Rounds($"repeat:{times}", name, initial, (_, round) => round < times, body, times);

    private TaskHandle<T> Rounds<T>(
        string kind, string name, Source<T> initial, Func<T, int, bool> goesOn, Flow<T, T> body, int maxRounds)
    {
        ArgumentNullException.ThrowIfNull(body);
        var plan = Begin(name, body, 1, kind).Bind(initial, out var read);
        if (maxRounds < 0)
            _plan.Report(plan.Fault(FlowFaultCode.BadPolicy, $"has {maxRounds} rounds at most; it must be 0 or more."));
        RefuseTimeouts(plan, [body]);
        return plan.Expanding<T>([body], call =>
        {
            if (call.LastStep is { IsSkipped: true }) return call.Skip();
            var round = call.LastStep is { } step ? step.Number + 1 : 0;
            var value = call.LastStep is { } last ? PartResults.ValueOf<T>(call, last.Result) : read(call);
            if (!goesOn(value, round)) return call.Encode(value);
            var key = round.ToString(CultureInfo.InvariantCulture);
            return call.Expand(Expansions.Once($"[{key}]", 0, call.Encode(value), body));
        });
    }

    // The time that the other flow's jobs would have is the time of the task.
    private static TaskPlan Within(TaskPlan plan, TypedFlow flow)
    {
        if (flow.Definition.Policy.Timeout is { } timeout) plan.LimitTotal(timeout);
        return plan;
    }

    // What a flow says about its own jobs, and nothing would keep, must not look as if it held.
    private void RefuseTimeouts(TaskPlan plan, IReadOnlyList<TypedFlow> flows)
    {
        foreach (var flow in flows)
            if (flow.Definition.Policy.Timeout is not null)
                Refuse(plan, flow, "time limit", "limit the task instead: Timeouts(new TaskTimeouts { Total = … }).");
    }

    private void RefuseLimits(TaskPlan plan, IReadOnlyList<TypedFlow> flows, string forFailFast, string forParallel)
    {
        RefuseTimeouts(plan, flows);
        foreach (var flow in flows)
        {
            var policy = flow.Definition.Policy;
            if (policy.FailFast) Refuse(plan, flow, "FailFast()", $"{forFailFast} instead.");
            if (policy.MaxParallel is not null) Refuse(plan, flow, "MaxParallel()", $"{forParallel} instead.");
        }
    }

    private void Refuse(TaskPlan plan, TypedFlow flow, string what, string better) => _plan.Report(plan.Fault(
        FlowFaultCode.Misplaced,
        $"runs flow '{flow.Name}' more than once or beside others, where its {what} means nothing; {better}"));
}
