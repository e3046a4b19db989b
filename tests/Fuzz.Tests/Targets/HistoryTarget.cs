using ActorFlow.Actors;
using ActorFlow.Journal;

namespace ActorFlow.Fuzz.Tests;

/// <summary>Events that no job had in that order: folded, reported and explained, or refused.</summary>
internal sealed class HistoryTarget : FuzzTarget
{
    private readonly Flow _flow = Chain();

    public override string Name => "history";

    public override int Inputs => 10_000;

    public override IReadOnlyList<string> Tokens =>
    [
        "\x02\x02", "\x03\x02", "\x06\x02", "\x04\x02\x04\x10\x00", "\x05\x02\x03\x01\x01\x01\x01", "\x10\x02\x00\x01",
        "\x11\x02\x01\x01\x00", "\x13\x02\x00\x01", "\x16\x02\x00", "\x17\x02\x02\x0A", "\x18\x02\x01\x0D\x00",
        "\x1B\x02\x02\x10", "\x1C\x02\x00\x01", "\x01x\x00\x00\x00\x00\x00", "\x1D\x02\x00\x01\x00",
        "\x1E\x02\x00\x01\x00",
        "\x51\x02\x01x\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
        "\x51\x02\x01x\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x01\x00\x06\x00\x01\x00\x01\x00",
    ];

    public override long AllocationBound(int length) => (2_000L * length) + 500_000;

    public override void Read(byte[] input)
    {
        // A job without events is none, and nobody asks for it.
        var events = EventsOf(input);
        if (events.Count == 0) return;

        var state = JobHistory.Fold(_flow, events).State;
        var report = JobReport.Of(state);
        _ = report.ToText() + report.ToJson();
        _ = Explain.Job(state, events).ToString();
        for (var task = 0; task < state.Graph.Count; task++) _ = Explain.Task(state, events, task).ToString();
    }

    private static List<JobEvent> EventsOf(byte[] input)
    {
        var events = new List<JobEvent>();
        var reader = new ByteReader(input);
        try
        {
            while (!reader.IsAtEnd) EventDecoder.Read(ref reader, 1, 0, events);
            return events;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            // What was whole until there is a history too.
            return events;
        }
    }

    // What a can add to the job, again and again: the first task of it can add more.
    private static Flow Pair()
    {
        var single = new FlowDraft("single") { Tasks = { new TaskDraft("s") { Kind = "s" } } };
        var draft = new FlowDraft("pair");
        draft.Tasks.Add(new TaskDraft("p") { Kind = "p", Templates = [new FlowTemplate(single.Build(), 0)] });
        draft.Tasks.Add(new TaskDraft("q") { Kind = "q", Inputs = { InputDraft.FromTask("", "p") } });
        return draft.Build();
    }

    private static Flow Chain()
    {
        var draft = new FlowDraft("chain") { Policy = FlowPolicy.Default with { Timeout = TimeSpan.FromDays(1) } };
        var policy = TaskPolicy.Default with
        {
            Timeouts = TaskTimeouts.None with
            {
                Attempt = TimeSpan.FromSeconds(9),
                Total = TimeSpan.MaxValue / 2,
                Start = TimeSpan.FromDays(9),
            },
        };
        draft.Tasks.Add(new TaskDraft("a") { Kind = "a", Templates = [new FlowTemplate(Pair(), 1)] });
        draft.Tasks.Add(new TaskDraft("b")
        {
            Kind = "b",
            Policy = policy,
            Inputs = { InputDraft.FromTask("a", "a.f") },
        });
        draft.Tasks.Add(new TaskDraft("c")
        {
            Kind = "c",
            Policy = policy with { Trigger = TriggerRule.AnyFailed },
            Inputs = { InputDraft.FromTask("b", "b.field"), InputDraft.FromJob("input") },
        });
        return draft.Build();
    }
}
