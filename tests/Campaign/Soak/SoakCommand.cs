using System.CommandLine;

namespace ActorFlow.Campaign;

/// <summary>The command <c>soak</c>: an engine at work for long, and whether what it holds stays flat.</summary>
internal static class SoakCommand
{
    public static Command Make()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 60 };
        var rate = new Option<double>("--rate") { Description = "Jobs each second.", DefaultValueFactory = _ => 50 };
        var interval = new Option<double>("--interval")
        {
            Description = "Seconds between two measurements.",
            DefaultValueFactory = _ => 60,
        };
        var command = new Command("soak", "Runs jobs of all kinds for long: what it holds has to stay flat.")
        {
            minutes, rate, interval,
        };
        command.SetAction((arguments, _) => RunAsync(new SoakOptions
        {
            Duration = TimeSpan.FromMinutes(arguments.GetValue(minutes)),
            Rate = arguments.GetValue(rate),
            Interval = TimeSpan.FromSeconds(arguments.GetValue(interval)),
        }));
        return command;
    }

    private static async Task<int> RunAsync(SoakOptions options)
    {
        var root = Directory.CreateTempSubdirectory("actorflow-soak-").FullName;
        using var run = new SoakRun(options, root, Console.WriteLine);
        try
        {
            await run.RunAsync();
        }
        catch (CampaignException e)
        {
            Console.WriteLine(e.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }

        var verdict = Flatness.Judge(run.Measurements);
        foreach (var (line, _) in verdict) Console.WriteLine(line);
        Console.WriteLine($"{run.Ended} jobs ended as they had to.");
        return verdict.All(one => one.IsFlat) ? 0 : 1;
    }
}
