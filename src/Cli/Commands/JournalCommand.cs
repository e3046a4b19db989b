using System.CommandLine;
using System.Text.Json;
using ActorFlow.Journal;

namespace ActorFlow.Cli;

/// <summary><c>actorflow journal verify|dump</c>: looks into the files, also beside their writer.</summary>
internal static class JournalCommand
{
    public static Command Create(Terminal terminal) => new("journal", "Looks into the journal's files.")
    {
        Verify(terminal), Dump(terminal),
    };

    private static Command Verify(Terminal terminal)
    {
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new Command("verify", "Reads everything, and lists all damage.") { data, json };
        command.SetAction(parsed =>
        {
            var found = JournalInspection.Verify(DataDirectory.JournalOf(parsed.GetValue(data)!));
            if (parsed.GetValue(json)) terminal.WriteJson(writer => WriteJson(writer, found));
            else WriteText(terminal, found);
            return found.IsSound ? ExitCodes.Success : ExitCodes.JournalTrouble;
        });
        return command;
    }

    private static Command Dump(Terminal terminal)
    {
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new Command("dump", "Prints every event; with --json, one object a line.") { data, json };
        command.SetAction(parsed =>
        {
            var (lines, isSound) = (new JournalLines(), true);
            foreach (var entry in JournalInspection.Dump(DataDirectory.JournalOf(parsed.GetValue(data)!), Report))
                terminal.Output.WriteLine(parsed.GetValue(json) ? lines.Json(entry) : lines.Text(entry));
            return isSound ? ExitCodes.Success : ExitCodes.JournalTrouble;

            void Report(JournalDamage damage)
            {
                isSound = false;
                var place = JournalLines.Place(damage.File, damage.Offset);
                terminal.Errors.WriteLine($"actorflow: {place}: {damage.Problem}");
            }
        });
        return command;
    }

    private static void WriteText(Terminal terminal, JournalVerification found)
    {
        foreach (var damage in found.Damage)
            terminal.Errors.WriteLine($"actorflow: {JournalLines.Place(damage.File, damage.Offset)}: {damage.Problem}");
        if (found.TornTail is { } torn)
            terminal.Output.WriteLine($"{JournalLines.Place(torn.File, torn.Offset)}: {torn.Problem}");
        var totals = found.Totals;
        terminal.Output.WriteLine(
            $"{PlainText.Count(totals.Jobs, "job")} ({totals.EndedJobs} ended), "
            + $"{PlainText.Count(totals.Events, "event")}, {PlainText.Count(totals.Bytes, "byte")} in "
            + $"{PlainText.Count(totals.Files, "file")}: "
            + $"{(found.IsSound ? "sound" : $"damaged in {PlainText.Count(found.Damage.Count, "place")}")}.");
    }

    private static void WriteJson(Utf8JsonWriter writer, JournalVerification found)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("sound", found.IsSound);
        writer.WriteStartArray("damage");
        foreach (var damage in found.Damage) WriteJson(writer, damage);
        writer.WriteEndArray();
        writer.WritePropertyName("tornTail");
        if (found.TornTail is { } torn) WriteJson(writer, torn);
        else writer.WriteNullValue();
        writer.WriteNumber("files", found.Totals.Files);
        writer.WriteNumber("bytes", found.Totals.Bytes);
        writer.WriteNumber("events", found.Totals.Events);
        writer.WriteNumber("jobs", found.Totals.Jobs);
        writer.WriteNumber("endedJobs", found.Totals.EndedJobs);
        writer.WriteEndObject();
    }

    private static void WriteJson(Utf8JsonWriter writer, JournalDamage damage)
    {
        writer.WriteStartObject();
        writer.WriteString("file", damage.File);
        writer.WriteNumber("offset", damage.Offset);
        writer.WriteString("problem", damage.Problem);
        writer.WriteEndObject();
    }
}
