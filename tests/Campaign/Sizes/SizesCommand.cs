using System.CommandLine;

namespace ActorFlow.Campaign;

/// <summary>The command <c>sizes</c>: what is large, or many, and what it takes.</summary>
internal static class SizesCommand
{
    public const string OpenJobsHost = "open-jobs-host";

    private const int Jobs = 10_000;
    private const int Tasks = 1_000_000;

    public static IEnumerable<Command> Make()
    {
        var jobs = new Option<int>("--jobs") { Description = "How many jobs.", DefaultValueFactory = _ => Jobs };
        var directory = new Option<string>("--directory") { Required = true, Description = "Where the journal is." };
        var host = new Command(OpenJobsHost, "Is killed: opens jobs and waits.") { jobs, directory };
        host.SetAction((arguments, _) =>
            new OpenJobs(arguments.GetValue(directory)!, arguments.GetValue(jobs)).HostAsync());

        var open = new Command("open-jobs", "Jobs that are open at once, killed and resumed.") { jobs };
        open.SetAction((arguments, _) => RunAsync(async root =>
            string.Join('\n', await new OpenJobs(root, arguments.GetValue(jobs)).RunAsync())));

        var tasks = new Option<int>("--tasks") { Description = "How many tasks.", DefaultValueFactory = _ => Tasks };
        var durable = new Option<bool>("--durable") { Description = "On the disk, and not in memory." };
        var fanIn = new Command("fan-in", "One task that takes the outputs of all others.") { tasks, durable };
        fanIn.SetAction((arguments, _) => RunAsync(root =>
            FanIn.RunAsync(arguments.GetValue(tasks), arguments.GetValue(durable) ? root : null)));

        var large = new Command("large-outputs", "Outputs at the limit, all at once.");
        large.SetAction((_, _) => RunAsync(root => LargeOutputs.RunAsync(jobs: 2, tasks: 20, root)));

        var largest = new Command("largest-append", "The most that can be appended at once; takes 12 GiB of memory.");
        largest.SetAction((_, _) => RunAsync(root => new LargestAppend(root).RunAsync()));

        return
        [
            new Command("sizes", "What is large, or many, and what it takes.") { open, fanIn, large, largest }, host,
        ];
    }

    private static async Task<int> RunAsync(Func<string, Task<string>> run)
    {
        var root = Directory.CreateTempSubdirectory("actorflow-sizes-").FullName;
        try
        {
            Console.WriteLine(await run(root));
            return 0;
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
    }
}
