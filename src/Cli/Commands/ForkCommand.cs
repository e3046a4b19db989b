using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow fork ID --from TASK [FLOW]</c>: a new job that shares what an ended one has.</summary>
internal static class ForkCommand
{
    public static Command Create(Terminal terminal)
    {
        var (id, flow, from) = (CommonOptions.JobId(), CommonOptions.OtherFlow(), From());
        var (input, set) = (CommonOptions.Input(), CommonOptions.Set());
        var job = new Option<string?>("--job", "--id")
        {
            Description = "The id of the new job (default: a new one).",
            HelpName = "ID",
        };
        var options = new SessionOptions();
        var command = new Command(
            "fork", "Runs an ended job again from a task on, as a new job that shares the results before it.")
        {
            id, flow, from, input, set, job,
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var fork = new Fork(CommonOptions.ParseJobId(parsed.GetValue(id)!), parsed.GetValue(from)!)
            {
                Id = parsed.GetValue(job) is { } name ? CommonOptions.ParseJobId(name) : null,
                Flow = parsed.GetValue(flow),
                InputFile = parsed.GetValue(input),
                Settings = parsed.GetValue(set) ?? [],
            };
            return Session.RunAsync(terminal, options.ReadExisting(parsed), async session =>
            {
                var handle = await session.ForkAsync(fork, cancellationToken).ConfigureAwait(false);
                return await session.FinishAsync([handle]).ConfigureAwait(false);
            });
        });
        return command;
    }

    private static Option<string> From() => new("--from")
    {
        Description = "The task from which on the new job runs itself.",
        HelpName = "TASK",
        Required = true,
    };
}
