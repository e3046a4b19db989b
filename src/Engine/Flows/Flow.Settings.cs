using System.Buffers;
using System.Text.Json;

namespace ActorFlow;

/// <content>Values that came from the configuration: kept with each job, so that it goes on with what it had.</content>
public sealed partial class Flow
{
    private const string SettingsKey = "settings";

    /// <summary>Whether tasks take values from the configuration.</summary>
    public bool HasSettings { get; }

    /// <summary>What tasks took from the configuration, as JSON; null if they took nothing.</summary>
    public Payload? Settings()
    {
        if (!HasSettings) return null;
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            WriteSettings(writer);
            writer.WriteEndObject();
        }

        return Payload.FromJson(json.WrittenMemory);
    }

    /// <summary>Writes what tasks took from the configuration as a property of the object that is open.</summary>
    public void WriteSettings(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject(SettingsKey);
        foreach (var task in Tasks)
        {
            var settings = task.Inputs.Where(IsSetting).Cast<TaskInput.Constant>().ToList();
            if (settings.Count == 0) continue;
            writer.WriteStartObject(task.Name);
            foreach (var setting in settings)
            {
                writer.WritePropertyName(setting.Setting!);
                // To the letter: the fingerprint is taken of the text.
                writer.WriteRawValue(setting.Value.Json.Span);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>The flow with what tasks once took from the configuration, in place of what they take now.</summary>
    /// <param name="settings">What <see cref="Settings"/> gave; what is not in it stays as it is.</param>
    /// <exception cref="ActorFlowException">It is no JSON.</exception>
    public Flow WithSettings(Payload settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        using var document = Parsed(settings);
        if (!TryGet(document.RootElement, SettingsKey, out var tasks)) return this;
        var draft = ToDraft();
        foreach (var task in draft.Tasks)
        {
            if (!TryGet(tasks, task.Name, out var values)) continue;
            for (var i = 0; i < task.Inputs.Count; i++)
            {
                if (task.Inputs[i].Setting is not { } name || !TryGet(values, name, out var value)) continue;
                var kept = Payload.FromJson(value.GetRawText());
                task.Inputs[i] = InputDraft.FromValue(task.Inputs[i].Parameter, kept) with { Setting = name };
            }
        }

        return draft.Build();
    }

    private JsonDocument Parsed(Payload settings)
    {
        try
        {
            return JsonDocument.Parse(settings.Json);
        }
        catch (JsonException e)
        {
            throw new ActorFlowException(
                $"What a job of flow '{Name}' took from the configuration cannot be read: {e.Message}", e);
        }
    }

    private static bool TryGet(JsonElement owner, string name, out JsonElement value)
    {
        value = default;
        return owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out value);
    }

    private static bool IsSetting(TaskInput input) => input is TaskInput.Constant { Setting: not null };
}
