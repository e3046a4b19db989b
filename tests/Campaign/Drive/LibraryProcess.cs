using System.Diagnostics;
using System.Globalization;

namespace ActorFlow.Campaign;

/// <summary>The library in a process: this program in its other role.</summary>
internal sealed class LibraryProcess(string directory, int seed, CampaignOptions options) : IHost
{
    private readonly HostOptions _host = new(directory, seed, Life: 0, options.Power, options.Hasty);

    public IReadOnlyList<JobPlan> Jobs { get; } = JobPlan.Draw(seed, HostOptions.Jobs);

    public string Journal => _host.Journal;

    public string Ledger => _host.Ledger;

    public bool SpeaksOnErrors => false;

    public ProcessStartInfo Next(int life)
    {
        var start = Programs.Start("ActorFlow.Campaign", "host", "--directory", directory);
        start.ArgumentList.Add("--seed");
        start.ArgumentList.Add(seed.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add("--life");
        start.ArgumentList.Add(life.ToString(CultureInfo.InvariantCulture));
        if (options.Power) start.ArgumentList.Add("--power");
        if (options.Hasty) start.ArgumentList.Add("--hasty");
        return start;
    }

    public bool HasOpened(string line) => line == "opened";

    public bool IsEnding(string line) => line == "ending";

    public Acknowledgement? Read(string line) => line.Split(' ', 4) is ["told", var job, var version, var text]
        ? new Acknowledgement(job, long.Parse(version, CultureInfo.InvariantCulture), text)
        : null;

    public bool HasEnded(Life life) => life.ExitCode == 0
        ? true
        : throw new CampaignException($"The host ended with {life.ExitCode}: {life.Errors}");
}
