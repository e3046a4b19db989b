using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ActorFlow.Simulation;

var one = new Option<int?>("--seed") { Description = "One seed, told from its beginning to its end." };
var many = new Option<string>("--seeds")
{
    Description = "So many seeds, from 1; or from one to another: 500-900.",
    DefaultValueFactory = _ => "2000",
};
var first = new Option<bool>("--first") { Description = "Say only which seed is the first to fail." };
var command = new RootCommand("Lives the whole engine through crashes and mischief, one run a seed.")
{
    one,
    many,
    first,
};
command.SetAction(arguments =>
{
    if (arguments.GetValue(one) is { } seed) return Tell(seed);
    var numbers = arguments.GetValue(many)!.Split('-').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
    var seeds = numbers is [var from, var to] ? (from, to) : (1, numbers[0]);
    return arguments.GetValue(first) ? FindFirst(seeds) : LiveAll(seeds);
});
return command.Parse(args).Invoke();

static int Tell(int seed)
{
    var (story, failure) = SimulatedRun.Live(new Choices(seed));
    Console.WriteLine(story);
    if (failure is null) Console.WriteLine($"Seed {seed} keeps every promise.");
    else Console.WriteLine(SeedFailure.Of(seed));
    return failure is null ? 0 : 1;
}

static int FindFirst((int First, int Last) seeds)
{
    for (var seed = seeds.First; seed <= seeds.Last; seed++)
    {
        using var hang = new Timer(Hangs, seed, TimeSpan.FromSeconds(20), Timeout.InfiniteTimeSpan);
        if (SimulatedRun.Live(new Choices(seed)).Failure is not { } failure) continue;
        Console.WriteLine($"Seed {seed}: {failure.Message}");
        return 1;
    }

    return 0;
}

// A step that never ends can only be seen from outside.
static void Hangs(object? seed)
{
    Console.WriteLine($"Seed {seed}: a step does not end.");
    Environment.Exit(1);
}

static int LiveAll((int First, int Last) seeds)
{
    var since = Stopwatch.GetTimestamp();
    SeedFailure? failure = null;
    Parallel.For(seeds.First, seeds.Last + 1, (seed, loop) =>
    {
        if (SeedFailure.Of(seed) is not { } found) return;
        failure = found;
        loop.Stop();
    });
    if (failure is not null)
    {
        Console.WriteLine(failure);
        return 1;
    }

    var took = Stopwatch.GetElapsedTime(since);
    var count = seeds.Last - seeds.First + 1;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{count} seeds kept every promise in {took.TotalSeconds:F0} s, {took.TotalMilliseconds / count:F1} ms each."));
    return 0;
}
