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
var command = new RootCommand("Lives the whole engine through crashes and mischief, one run a seed.") { one, many };
command.SetAction(arguments =>
{
    if (arguments.GetValue(one) is { } seed) return Tell(seed);
    var numbers = arguments.GetValue(many)!.Split('-').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
    return LiveAll(numbers is [var first, var last] ? (first, last) : (1, numbers[0]));
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
