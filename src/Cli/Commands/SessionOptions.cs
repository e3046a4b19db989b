using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary>The options that commands which run jobs have in common, made anew for each.</summary>
internal sealed class SessionOptions
{
    public Option<string> Data { get; } = CommonOptions.Data();

    public Option<int?> Parallel { get; } = CommonOptions.Parallel();

    public Option<string[]> Pool { get; } = CommonOptions.Pool();

    public Option<string[]> Resource { get; } = CommonOptions.Resource();

    public Option<string?> Report { get; } = CommonOptions.Report();

    public Option<string?> NotifyWebhook { get; } = CommonOptions.NotifyWebhook();

    public Option<bool> Quiet { get; } = CommonOptions.Quiet();

    public Option<bool> Verbose { get; } = CommonOptions.Verbose();

    public Option<string?> Log { get; } = CommonOptions.Log();

    /// <summary>Adds all of them to a command, in the order in which its help lists them.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Data, Parallel, Pool, Resource, Report, NotifyWebhook, Quiet, Verbose, Log])
            command.Add(option);
    }

    /// <summary>What a command line says; what the command has no option for is as it is by default.</summary>
    public SessionSettings Read(ParseResult parsed) => new()
    {
        DataDirectory = parsed.GetValue(Data)!,
        Parallel = parsed.GetValue(Parallel),
        Pools = CommonOptions.AmountsOf(parsed.GetValue(Pool)),
        Resources = CommonOptions.AmountsOf(parsed.GetValue(Resource)),
        Quiet = parsed.GetValue(Quiet),
        Verbose = parsed.GetValue(Verbose),
        LogFile = parsed.GetValue(Log),
        ReportFile = parsed.GetValue(Report),
        NotifyWebhook = parsed.GetValue(NotifyWebhook),
    };

    /// <summary>What a command line says of jobs that are there already.</summary>
    public SessionSettings ReadExisting(ParseResult parsed) => Read(parsed) with { MustExist = true };
}
