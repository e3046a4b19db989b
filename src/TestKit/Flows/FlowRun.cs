using ActorFlow.Actors;
using ActorFlow.Engine;

namespace ActorFlow.TestKit;

/// <summary>What became of a flow in a test.</summary>
public sealed class FlowRun
{
    private readonly ExecutableFlow _flow;
    private readonly JsonPayloadCodec _codec;

    internal FlowRun(
        ExecutableFlow flow, JobReport report, IReadOnlyList<JobEvent> events, int lives, JsonPayloadCodec codec)
    {
        (_flow, _codec) = (flow, codec);
        Report = report;
        Events = events;
        Lives = lives;
    }

    /// <summary>The job's report.</summary>
    public JobReport Report { get; }

    /// <summary>How it ended.</summary>
    public JobPhase Outcome => Report.Phase;

    /// <summary>All that happened, in order.</summary>
    public IReadOnlyList<JobEvent> Events { get; }

    /// <summary>How many processes it took: one more than there were crashes.</summary>
    public int Lives { get; }

    /// <summary>From the submit to the end, by the virtual clock.</summary>
    public TimeSpan Elapsed => Report.Elapsed ?? TimeSpan.Zero;

    /// <summary>All that happened, a line each, for a person.</summary>
    public string Story => FlowStory.Of(Events);

    /// <summary>The output of a task.</summary>
    /// <param name="task">The task's name.</param>
    /// <exception cref="FlowTestException">It has none, or cannot be read as that type.</exception>
    public T? Output<T>(string task)
    {
        var report = Report[task];
        if (report.Output is not { } output)
            throw new FlowTestException($"Task '{report.Name}' has no output: it {Standing(report)}.\n{Story}");
        try
        {
            return _codec.Decode<T>(output);
        }
        catch (PayloadException e)
        {
            var graph = JobHistory.Fold(_flow.Definition, Events).State.Graph;
            var given = OutputTypes.Of(_flow.BodyOf(graph, graph.Find(task).Number))?.ToString() ?? "something else";
            throw new FlowTestException(
                $"Task '{report.Name}' gives {given}, and {typeof(T)} is wanted: {e.Message}", e);
        }
    }

    private static string Standing(TaskReport task) => task.Phase switch
    {
        TaskPhase.Succeeded or TaskPhase.Failed => $"has {task.Status}",
        TaskPhase.Skipped or TaskPhase.Cancelled => $"was {task.Status}",
        _ => $"is {task.Status}",
    };

    /// <summary>
    /// Checks that some things happened, in this order; others may have happened before, between and after.
    /// </summary>
    /// <exception cref="FlowTestException">One did not; the message shows the story and where it departs.</exception>
    /// <exception cref="ActorFlowException">There is no such task.</exception>
    public FlowRun ShouldHave(params IReadOnlyList<Expectation> expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        foreach (var expectation in expected) TaskNames.Require(_flow.Definition, expectation);
        FlowStory.Require(Events, expected);
        return this;
    }

    /// <summary>Checks that something never happened.</summary>
    /// <exception cref="FlowTestException">It did.</exception>
    /// <exception cref="ActorFlowException">There is no such task.</exception>
    public FlowRun ShouldNotHave(Expectation unexpected)
    {
        TaskNames.Require(_flow.Definition, unexpected);
        var names = JobEvents.TaskNamesOf(Events);
        for (var i = 0; i < Events.Count; i++)
            if (unexpected.IsMetBy(Events[i], FlowStory.TaskOf(names, Events[i])))
                throw new FlowTestException(
                    $"It was not expected that {unexpected}, and it happened:\n"
                    + FlowStory.Of(Events, mark: index => index == i ? "!!" : "  "));
        return this;
    }
}
