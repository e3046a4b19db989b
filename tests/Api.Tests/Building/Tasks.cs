namespace ActorFlow.Api.Tests.Building;

/// <summary>A small task that computes.</summary>
internal class AddOne : SyncTask<int, int>
{
    public override int Run(int input, TaskContext context) => input + 1;
}

/// <summary>A task that derives from another one.</summary>
internal sealed class AddOneAgain : AddOne;

/// <summary>A task that waits.</summary>
internal sealed class DoubleLater : AsyncTask<int, int>
{
    public override async Task<int> RunAsync(int input, TaskContext context, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return input * 2;
    }
}

/// <summary>What <see cref="Multiply"/> needs from the host.</summary>
internal sealed record Settings(int Factor);

/// <summary>A task with a service.</summary>
internal sealed class Multiply(Settings settings) : SyncTask<int, int>
{
    public override int Run(int input, TaskContext context) => input * settings.Factor;
}

/// <summary>A task that waits, with a service.</summary>
internal sealed class MultiplyLater(Settings settings) : AsyncTask<int, int>
{
    public override Task<int> RunAsync(int input, TaskContext context, CancellationToken cancellationToken) =>
        Task.FromResult(input * settings.Factor);
}

/// <summary>A task without an input.</summary>
internal sealed class Seven : SyncTask<Nothing, int>
{
    public override int Run(Nothing input, TaskContext context) => 7;
}

/// <summary>A task that takes several values as a record.</summary>
internal sealed class Merge : SyncTask<MergeInput, int>
{
    public override int Run(MergeInput input, TaskContext context) => input.Left + input.Right;
}

/// <summary>What <see cref="Merge"/> takes.</summary>
internal sealed record MergeInput(int Left, int Right);

/// <summary>The same with properties to set.</summary>
internal sealed record MergeOptions
{
    public required int Left { get; init; }

    public int Right { get; init; }
}

/// <summary>A task that takes the base of what it is given.</summary>
internal sealed class CountOf : SyncTask<IReadOnlyCollection<int>, int>
{
    public override int Run(IReadOnlyCollection<int> input, TaskContext context) => input.Count;
}

/// <summary>An output with fields of its own.</summary>
internal sealed record Analysis(string Title, Stats? Stats);

/// <summary>A field with fields.</summary>
internal sealed record Stats(int Words, int Sentences);
