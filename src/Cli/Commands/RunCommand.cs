using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow run FLOW</c>: runs a flow to its end.</summary>
internal static class RunCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.Flow();
        var (input, set) = (CommonOptions.Input(), CommonOptions.Set());
        var job = new Option<string?>("--job")
        {
            Description = "The id of the job (default: a new one).",
            HelpName = "ID",
        };
        var memory = new Option<bool>("--in-memory") { Description = "Keep nothing: the job dies with the process." };
        var failFast = new Option<bool>("--fail-fast") { Description = "End the job at the first task that fails." };
        var scale = TimeScale();
        var tasks = CommonOptions.Tasks();
        var options = new SessionOptions();
        var command = new Command("run", "Runs a flow to its end.")
        {
            file, input, set, job, options.Data, memory, options.Parallel, options.Pool, options.Resource, failFast,
            options.Report, options.NotifyWebhook, scale, tasks, options.Quiet, options.Verbose, options.Log,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var package = JobPackage.Of(
                parsed.GetValue(file)!, parsed.GetValue(scale), parsed.GetValue(failFast), parsed.GetValue(tasks));
            var settings = options.Read(parsed) with { InMemory = parsed.GetValue(memory) };
            var payload = package.ReadInput(parsed.GetValue(input), parsed.GetValue(set) ?? [], Console.In);
            var id = parsed.GetValue(job) is { } name ? CommonOptions.ParseJobId(name) : (JobId?)null;
            return Session.RunAsync(terminal, settings, async session =>
            {
                var handle = await session.SubmitAsync(package, payload, id, cancellationToken).ConfigureAwait(false);
                return await session.FinishAsync([handle]).ConfigureAwait(false);
            });
        });
        return command;
    }

    private static Option<double> TimeScale()
    {
        var option = new Option<double>("--time-scale")
        {
            Description = "For a workflow instance: each task sleeps its recorded run time times this (default: 0).",
            HelpName = "X",
            CustomParser = result => CommonOptions.Number<double>(result, "a number"),
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, out var x)
                && !(double.IsFinite(x) && x >= 0))
                result.AddError($"--time-scale is {x}; it must be 0 or more.");
        });
        return option;
    }
}
