using System.Collections.Concurrent;
using ActorFlow.Actors;
using ActorFlow.Api.Tests.Engine;

namespace ActorFlow.Api.Tests.Observing;

/// <summary>Calls that come on the threads of tasks, around the start and the end of the engine.</summary>
public sealed class DirectCallTests
{
    [Fact]
    public async Task Progress_and_datasets_are_told_behind_the_engines_start()
    {
        var (start, heard) = (new Gate(), new Lines());
        heard.Start = start;
        await using (var engine = Engine(heard))
        {
            var flow = FlowBuilder.Create<int>("early");
            var task = flow.Task("task", flow.Input, async (x, context) =>
            {
                context.Report(0.5);
                await context.Datasets.SaveAsync("early.json", x);
                context.Report(1);
                return x;
            });
            await engine.RunAsync(flow.Build(task), 1);
            Assert.Empty(heard.All);
            start.Open();
        }

        Assert.Equal(["starts", "progress 0.5", "dataset early.json", "progress 1", "stops"], heard.All);
    }

    [Fact]
    public async Task Nothing_is_told_after_the_engines_end()
    {
        var (heard, began, end) = (new Lines(), new TaskCompletionSource(), new TaskCompletionSource());
        using var go = new ManualResetEventSlim();
        await using (var engine = Engine(heard))
        {
            var flow = FlowBuilder.Create<int>("late");
            flow.Task("deaf", flow.Input, (x, context) =>
            {
                began.SetResult();
                go.Wait(CancellationToken.None);
                try
                {
                    context.Report(1);
                }
                finally
                {
                    end.SetResult();
                }

                return x;
            });
            await engine.SubmitAsync(flow.Build(), 1);
            await began.Task;
        }

        go.Set();
        await end.Task;
        Assert.Equal(["starts", "stops"], heard.All);
    }

    private static ActorFlowEngine Engine(JobObserver observer) => ActorFlowEngine.Create(new ActorFlowOptions
    {
        InMemory = true,
        StopGrace = TimeSpan.Zero,
        Observers = { observer },
    });

    /// <summary>Writes down what comes on threads of tasks; it may be held at the start.</summary>
    private sealed class Lines : JobObserver
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> All => [.. _lines];

        public Gate? Start { get; set; }

        public override async ValueTask OnEngineStartedAsync(
            ActorFlowEngine engine, CancellationToken cancellationToken)
        {
            // The engine closes right behind the opening: it must not cut this short.
            if (Start is not null) await Start.PassAsync(0, CancellationToken.None);
            _lines.Enqueue("starts");
        }

        public override ValueTask OnEngineStoppedAsync(ActorFlowEngine engine, CancellationToken cancellationToken)
        {
            _lines.Enqueue("stops");
            return default;
        }

        public override void OnProgress(AttemptProgress progress) =>
            _lines.Enqueue(FormattableString.Invariant($"progress {progress.Progress}"));

        public override void OnDataset(DatasetUse use) => _lines.Enqueue($"dataset {use.Key}");
    }
}
