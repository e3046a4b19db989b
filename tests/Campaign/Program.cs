using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ActorFlow.Campaign;

var seed = new Option<int>("--seed") { Description = "The campaign's seed.", DefaultValueFactory = _ => 1 };
var power = new Option<bool>("--power") { Description = "A kill is a power failure: what was not synced is lost." };
var hasty = new Option<bool>("--hasty")
{
    Description = "The host tells of appends before they are synced: what --power has to notice.",
};
var cycles = new Option<int>("--cycles") { Description = "How many kills.", DefaultValueFactory = _ => 1000 };
var commandLine = new Option<bool>("--cli") { Description = "Kill the command line and not a host of the library." };
var drive = new Command("drive", "Kills processes at random moments and checks what is left.")
{
    cycles, seed, commandLine, power, hasty,
};
drive.SetAction((arguments, _) => DriveAsync(new CampaignOptions
{
    Cycles = arguments.GetValue(cycles),
    Seed = arguments.GetValue(seed),
    CommandLine = arguments.GetValue(commandLine),
    Power = arguments.GetValue(power),
    Hasty = arguments.GetValue(hasty),
}));

var directory = new Option<string>("--directory") { Required = true, Description = "Where the journal is." };
var life = new Option<int>("--life") { Description = "The seed of this process." };
var host = new Command("host", "Is killed: runs the jobs of a seed to their end.")
{
    directory, seed, life, power, hasty,
};
host.SetAction(async (arguments, _) =>
{
    using var running = new LibraryHost(new HostOptions(
        arguments.GetValue(directory)!, arguments.GetValue(seed), arguments.GetValue(life), arguments.GetValue(power),
        arguments.GetValue(hasty)));
    await running.RunAsync();
});
var all = new RootCommand("Kills ActorFlow, keeps it busy, or gives it much: nothing may be lost, doubled or left.")
{
    drive, host, SoakCommand.Make(),
};
foreach (var command in SizesCommand.Make()) all.Add(command);
return await all.Parse(args).InvokeAsync();

static async Task<int> DriveAsync(CampaignOptions options)
{
    var since = Stopwatch.GetTimestamp();
    var campaign = new CrashCampaign(options, Console.WriteLine);
    try
    {
        await campaign.RunAsync();
    }
    catch (CampaignException e)
    {
        Console.WriteLine(e.Message);
        return 1;
    }

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"Nothing was lost or doubled: {campaign.Tally}, {Stopwatch.GetElapsedTime(since).TotalSeconds:F0} s."));
    return 0;
}
