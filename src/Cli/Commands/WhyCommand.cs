using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow why ID [TASK]</c>: why a job or a task stands where it stands, from its events.</summary>
internal static class WhyCommand
{
    public static Command Create(Terminal terminal)
    {
        var (id, data, json) = (CommonOptions.JobId(), CommonOptions.Data(), CommonOptions.Json());
        var task = new Argument<string?>("TASK")
        {
            Description = "The name of a task (default: the job itself).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("why", "Explains why a task waits, failed, was skipped, retried or runs again.")
        {
            id, task, data, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var archive = JobArchive.Open(parsed.GetValue(data)!);
            var job = await archive.ReadAsync(CommonOptions.ParseJobId(parsed.GetValue(id)!), cancellationToken)
                .ConfigureAwait(false);
            var why = parsed.GetValue(task) is { } name
                ? Explain.Task(job.State, job.Events, job.State.Graph.Find(name).Number, job.Standing)
                : Explain.Job(job.State, job.Events, job.Standing);
            if (parsed.GetValue(json)) terminal.WriteJson(writer => Write(writer, job.Id, why));
            else await terminal.Output.WriteLineAsync(why.ToString()).ConfigureAwait(false);
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Write(System.Text.Json.Utf8JsonWriter writer, JobId job, WhyExplanation why)
    {
        writer.WriteStartObject();
        writer.WriteString("job", job.Value);
        writer.WriteString("subject", why.Subject);
        writer.WriteString("status", why.Status);
        writer.WriteString("reason", why.Code);
        writer.WriteStartArray("lines");
        foreach (var line in why.Lines) writer.WriteStringValue(line);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
