namespace ActorFlow.Api.Tests.Engine;

/// <summary>Flows that wait until their test lets them go on.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a task has come to the gate.</summary>
    public Task Began => _began.Task;

    public void Open() => _opened.TrySetResult();

    public async Task<int> PassAsync(int value, CancellationToken cancellationToken)
    {
        _began.TrySetResult();
        await _opened.Task.WaitAsync(cancellationToken);
        return value;
    }

    /// <summary>Adds one, waits at the gate, doubles.</summary>
    public Flow<int, int> Flow(string name = "gated")
    {
        var flow = FlowBuilder.Create<int>(name);
        var plus = flow.Task("plus", flow.Input, x => x + 1);
        var gate = flow.Task("gate", plus, PassAsync);
        return flow.Build(flow.Task("twice", gate, x => x * 2));
    }
}

/// <summary>A flow whose middle task fails as often as is wanted.</summary>
internal sealed class Flaky(int failures)
{
    private int _runs;

    public int Runs => _runs;

    public Flow<int, int> Flow(Action<TaskHandle<int>>? configure = null)
    {
        var flow = FlowBuilder.Create<int>("flaky");
        var first = flow.Task("first", flow.Input, x => x);
        var middle = flow.Task("middle", first, x =>
            Interlocked.Increment(ref _runs) <= failures ? throw new IOException($"failure {_runs}") : x + 1);
        configure?.Invoke(middle);
        return flow.Build(flow.Task("last", middle, x => x * 10));
    }
}
