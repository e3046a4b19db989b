using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow report ID</c>: the report of a job, for people or programs.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var (id, data, json) = (CommonOptions.JobId(), CommonOptions.Data(), CommonOptions.Json());
        var format = OneOf("--format", "text or json (default: text).", "text", "json");
        var html = CommonOptions.Named(new Option<string?>("--html")
        {
            Description = "Write the report to this file as an HTML page, and print nothing.",
            HelpName = "FILE",
        });
        var palette = OneOf("--palette", "The colours of the page.", Names<ReportPalette>());
        var language = OneOf("--language", "The language of the page.", Names<ReportLanguage>());
        var onlyErrors = new Option<bool>("--only-errors") { Description = "Only tasks that failed." };
        var tasks = CommonOptions.Named(new Option<string?>("--tasks")
        {
            Description = "Only these tasks, by name, with commas between them.",
            HelpName = "TASK,...",
        });
        var command = new Command("report", "Prints the report of a job.")
        {
            id, format, html, palette, language, onlyErrors, tasks, data, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var archive = JobArchive.Open(parsed.GetValue(data)!);
            var job = await archive.ReadAsync(CommonOptions.ParseJobId(parsed.GetValue(id)!), cancellationToken)
                .ConfigureAwait(false);
            var report = job.Report();
            if (parsed.GetValue(tasks) is { } names)
                report = report.Only(NamesIn(names));
            if (parsed.GetValue(onlyErrors)) report = report.OnlyFailed();
            if (parsed.GetValue(html) is { } file)
                ReportFile.WriteHtml(file, report, new HtmlStyle
                {
                    Palette = Enum.Parse<ReportPalette>(parsed.GetValue(palette)!, ignoreCase: true),
                    Language = Enum.Parse<ReportLanguage>(parsed.GetValue(language)!, ignoreCase: true),
                });
            else if (parsed.GetValue(json) || parsed.GetValue(format) == "json") terminal.WriteJson(report.WriteJson);
            else await terminal.Output.WriteLineAsync(report.ToText(int.MaxValue)).ConfigureAwait(false);
            return ExitCodes.Success;
        });
        return command;
    }

    // Commas within brackets are part of a name: m[1,x] is one item of a matrix.
    private static List<string> NamesIn(string text)
    {
        var names = new List<string>();
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '[') depth++;
            else if (i < text.Length && text[i] == ']') depth = Math.Max(0, depth - 1);
            else if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                names.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        return names;
    }

    /// <summary>An option that takes one of some words, the first by default.</summary>
    private static Option<string> OneOf(string name, string description, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            DefaultValueFactory = _ => words[0],
            HelpName = string.Join('|', words),
        };
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    private static string[] Names<T>() where T : struct, Enum =>
        [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];
}
