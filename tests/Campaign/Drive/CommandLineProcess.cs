using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ActorFlow.Campaign;

/// <summary>The command line, one job of the round after another; what it logs is what it acknowledges.</summary>
internal sealed partial class CommandLineProcess : IHost
{
    private const int JobsInOneJournal = 3;

    private readonly string _directory;
    private int _current;
    private bool _isThere;

    public CommandLineProcess(string directory, int seed)
    {
        _directory = directory;
        Jobs = JobPlan.Draw(seed, JobsInOneJournal);
        foreach (var job in Jobs) File.WriteAllText(PathOf($"{job.Id}.yaml"), job.ToYaml(Ledger));
    }

    public IReadOnlyList<JobPlan> Jobs { get; }

    public string Journal => Path.Combine(PathOf("data"), "journal");

    public string Ledger => PathOf("ledger");

    public bool SpeaksOnErrors => true;

    public ProcessStartInfo Next(int life)
    {
        var id = Jobs[_current].Id;
        // To run it again is to go on with it, too.
        string[] command = _isThere && life % 2 == 0 ? ["resume", id] : ["run", PathOf($"{id}.yaml"), "--job", id];
        return Programs.Start(
            "ActorFlow.Cli", [.. command, "--data", PathOf("data"), "--parallel", "4", "--verbose"]);
    }

    public bool HasOpened(string line) => Read(line) is not null;

    public bool IsEnding(string line) => Read(line)?.Text.StartsWith("ended", StringComparison.Ordinal) == true;

    public Acknowledgement? Read(string line)
    {
        if (Logged().Match(line) is not { Success: true } match) return null;
        var (job, task, said) = (match.Groups["job"].Value, match.Groups["task"].Value, match.Groups["said"].Value);
        // That it is there is known from now on, and the next process may resume it.
        if (said == "Job started") _isThere = true;
        var attempt = int.TryParse(match.Groups["attempt"].Value, out var number) ? number : 0;
        var text = said switch
        {
            "Job started" => "submitted",
            "Attempt started" => EventText.Attempt("started", task, attempt),
            "Task ended: Succeeded" => EventText.Attempt("succeeded", task, attempt),
            _ when said.StartsWith("Attempt failed: ", StringComparison.Ordinal) =>
                EventText.Attempt("failed", task, attempt),
            _ when said.StartsWith("Job ended: ", StringComparison.Ordinal) => $"ended {said["Job ended: ".Length..]}",
            _ => null,
        };
        return text is null ? null : new Acknowledgement(job, 0, text);
    }

    public bool HasEnded(Life life)
    {
        var job = Jobs[_current];
        if (life.ExitCode != (job.Outcome == JobPhase.Succeeded ? 0 : 1))
            throw new CampaignException(
                $"The command line ended with {life.ExitCode}, and {job.Id} was to be {job.Outcome}.");
        _isThere = false;
        return ++_current == Jobs.Count;
    }

    private string PathOf(string name) => Path.Combine(_directory, name);

    [GeneratedRegex(@"^\S+ [A-Z]{3} \[(?<job>\S+) (?<task>\S*) (?<attempt>\S*)\] (?<said>.*)$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Logged();
}
