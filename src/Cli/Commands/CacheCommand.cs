using System.CommandLine;
using System.Globalization;

namespace ActorFlow.Cli;

/// <summary><c>actorflow cache clean</c>: removes cached results that nobody needs.</summary>
internal static class CacheCommand
{
    public static Command Create(Terminal terminal) =>
        new("cache", "Looks after the cached results of a data directory.") { Clean(terminal) };

    private static Command Clean(Terminal terminal)
    {
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var unused = new Option<TimeSpan?>("--unused")
        {
            Description = "Remove what nobody has used for so long (default: 30d).",
            HelpName = "DURATION",
            CustomParser = result =>
            {
                if (Durations.TryParse(result.Tokens[0].Value, out var span) && span > TimeSpan.Zero) return span;
                result.AddError($"--unused is '{result.Tokens[0].Value}'; a duration such as 12h or 30d is wanted.");
                return null;
            },
        };
        var bytes = new Option<long?>("--max-bytes")
        {
            Description = "Remove what was used longest ago until the rest takes so many bytes (default: 4 GiB).",
            HelpName = "N",
            CustomParser = result =>
            {
                if (long.TryParse(
                    result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0)
                    return most;
                result.AddError($"--max-bytes is '{result.Tokens[0].Value}'; a number of at least 1 is wanted.");
                return null;
            },
        };
        var all = new Option<bool>("--all") { Description = "Remove everything." };
        var command = new Command("clean", "Removes results that are over, unused, or too many.")
        {
            unused, bytes, all, data, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var limits = new CacheLimits
            {
                MaxUnused = parsed.GetValue(unused) ?? CacheLimits.Default.MaxUnused,
                MaxBytes = parsed.GetValue(bytes) ?? CacheLimits.Default.MaxBytes,
            };
            var store = new FileCacheStore(Path.Combine(parsed.GetValue(data)!, "cache"), limits);
            var cleaned = await store.CleanAsync(cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(all))
            {
                await store.ClearAsync(cancellationToken).ConfigureAwait(false);
                cleaned = new CacheCleaning(
                    0, 0, cleaned.Removed + cleaned.Kept, cleaned.RemovedBytes + cleaned.KeptBytes);
            }

            Write(terminal, parsed.GetValue(json), cleaned);
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Write(Terminal terminal, bool asJson, CacheCleaning cleaned)
    {
        if (!asJson)
        {
            terminal.Output.WriteLine(
                $"{cleaned.Removed} results removed ({cleaned.RemovedBytes} bytes), {cleaned.Kept} kept "
                + $"({cleaned.KeptBytes} bytes).");
            return;
        }

        terminal.WriteJson(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("removed", cleaned.Removed);
            writer.WriteNumber("removedBytes", cleaned.RemovedBytes);
            writer.WriteNumber("kept", cleaned.Kept);
            writer.WriteNumber("keptBytes", cleaned.KeptBytes);
            writer.WriteEndObject();
        });
    }
}
