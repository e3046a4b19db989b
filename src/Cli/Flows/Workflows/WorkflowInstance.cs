using System.Globalization;
using System.Text.Json;

namespace ActorFlow.Cli;

/// <summary>Reads a recorded workflow in WfFormat 1.3 to 1.5: its tasks sleep as long as they once ran.</summary>
internal static class WorkflowInstance
{
    private static readonly string[] Known = ["1.3", "1.4", "1.5"];

    /// <summary>Whether a file is one: a JSON object with a schemaVersion.</summary>
    public static bool IsOne(ReadOnlySpan<byte> bytes)
    {
        if (bytes.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..]) return false;
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1
                    && reader.ValueTextEquals("schemaVersion")) return true;
                if (reader.TokenType == JsonTokenType.PropertyName) reader.Skip();
            }
        }
        catch (JsonException)
        {
            // What is no JSON is for the other readers to explain.
        }
        catch (InvalidOperationException)
        {
            // So is what has a name that is no text.
        }

        return false;
    }

    /// <summary>
    /// Reads an instance; what is wrong with it is in the draft, and comes to light when it is built.
    /// </summary>
    /// <exception cref="FlowDefinitionException">It is no JSON.</exception>
    public static FlowSource Parse(byte[] json, string name)
    {
        var root = JsonText.Parse(json, name);
        var draft = new FlowDraft(NameOf(root, name));
        var found = new WorkflowFields(draft, name);
        var version = found.Text(root, "schemaVersion", JsonPlace.Root) ?? "";
        if (!Known.Contains(version, StringComparer.Ordinal))
            found.Report("schemaVersion", $"the version is '{version}'; known are {string.Join(", ", Known)}.");
        var workflow = found.Object(root, "workflow", JsonPlace.Root);
        var tasks = version == "1.5" ? Instance15.Read(workflow, found) : Instance14.Read(workflow, found);
        return Assemble(draft, tasks, found);
    }

    private static FlowSource Assemble(FlowDraft draft, List<RecordedTask> tasks, WorkflowFields found)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var task in tasks) numbers.TryAdd(task.Key, numbers.Count);
        var recipes = new List<TaskRecipe>(tasks.Count);
        var kinds = new Dictionary<double, string>();
        foreach (var task in tasks)
        {
            draft.Tasks.Add(new TaskDraft(task.Key)
            {
                Kind = KindOf(task.Seconds),
                Description = task.Label == task.Key ? null : task.Label,
                Location = found.Location,
            });
            recipes.Add(new TaskRecipe.Sleep(TimeSpan.FromSeconds(Math.Min(
                task.Seconds, TimeSpan.MaxValue.TotalSeconds / 2))));
        }

        RecordedEdges.Add(draft, tasks, numbers);
        return new FlowSource(draft, recipes, Inputs: null) { HasNoResult = true };

        // Many tasks ran equally long, or nobody knows how long: they share the text.
        string KindOf(double seconds) => kinds.TryGetValue(seconds, out var kind) ? kind : kinds[seconds] =
            string.Create(CultureInfo.InvariantCulture, $"sleep:{seconds:R}");
    }

    private static string NameOf(JsonElement root, string file)
    {
        var name = root.TryGetProperty("name", out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
        if (name.Length == 0) name = Path.GetFileName(file).Split('.')[0];
        var plain = string.Concat(name.Select(c => char.IsWhiteSpace(c) || char.IsControl(c) ? '-' : c));
        return plain.Length switch
        {
            0 => "workflow",
            > Limits.NameLength => plain[..Limits.NameLength],
            _ => plain,
        };
    }
}

/// <summary>A task as it was recorded.</summary>
/// <param name="Key">What references call it.</param>
/// <param name="Label">What it is: a program, or a kind of task.</param>
/// <param name="Seconds">How long it ran; zero if that is not known.</param>
/// <param name="Parents">Keys of the tasks before it; null if the file does not list them.</param>
/// <param name="Children">Keys of the tasks after it; null if the file does not list them.</param>
internal sealed record RecordedTask(
    string Key, string Label, double Seconds, IReadOnlyList<string>? Parents, IReadOnlyList<string>? Children);
