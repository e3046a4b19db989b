using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow resume [ID]</c>: goes on with what an interruption or a crash left unfinished.</summary>
internal static class ResumeCommand
{
    private static readonly Dictionary<string, ChangedFlow> Choices = new(StringComparer.Ordinal)
    {
        ["keep"] = ChangedFlow.KeepUnchanged,
        ["refuse"] = ChangedFlow.Refuse,
        ["restart"] = ChangedFlow.Restart,
    };

    public static Command Create(Terminal terminal)
    {
        var id = new Argument<string?>("ID")
        {
            Description = "The id of a job (default: all unfinished jobs).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var (changed, flow, options) = (Changed(), Flow(), new SessionOptions());
        var command = new Command("resume", "Goes on with one unfinished job, or with all.") { id, changed, flow };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var only = parsed.GetValue(id) is { } name ? CommonOptions.ParseJobId(name) : (JobId?)null;
            return Session.RunAsync(terminal, options.ReadExisting(parsed), async session =>
            {
                var choice = parsed.GetValue(changed) is { } word ? Choices[word] : (ChangedFlow?)null;
                var jobs = await session.ResumeAsync(only, choice, parsed.GetValue(flow), cancellationToken)
                    .ConfigureAwait(false);
                return await session.FinishAsync(jobs).ConfigureAwait(false);
            });
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(flow) is not null && result.GetValue(id) is null)
                result.AddError("--flow is the flow of one job: name the job.");
        });
        return command;
    }

    private static Option<string?> Changed()
    {
        var option = new Option<string?>("--changed")
        {
            Description = "Go on with the flow as it is now: keep the results of tasks that did not change, refuse if "
                + "any did, or restart all of it (default: go on with the flow that the job keeps).",
            HelpName = "keep|refuse|restart",
        };
        option.AcceptOnlyFromAmong([.. Choices.Keys]);
        return option;
    }

    private static Option<string?> Flow() => CommonOptions.Named(new Option<string?>("--flow")
    {
        Description = "Where the flow is now (default: where it was when the job was submitted).",
        HelpName = "FLOW",
    });
}
