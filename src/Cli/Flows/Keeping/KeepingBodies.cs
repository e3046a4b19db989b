using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>Puts around a task what is kept of its runs, as the builder in C# does.</summary>
internal static class KeepingBodies
{
    /// <summary>A body with everything around it in its order: an output is saved before it is cached.</summary>
    /// <param name="body">What the task runs.</param>
    /// <param name="keeping">What is kept.</param>
    /// <param name="identity">What the task computes.</param>
    /// <param name="isPart">Whether its input holds all values.</param>
    /// <param name="directory">Where commands of the task run.</param>
    public static TaskBody Around(TaskBody body, Keeping keeping, string identity, bool isPart, string directory)
    {
        body = new EncodedBody(body);
        foreach (var save in keeping.Saves) body = new SavedBody(body, save, isPart);
        if (keeping.Cache is { } cache)
        {
            body = new CachedBody<Payload>(
                body, cache.Name ?? identity,
                cache.Key is { } key
                    ? call => System.Text.Encoding.UTF8.GetBytes(ValueScope.Of(call, isPart).Fill(key))
                    : Given,
                new CacheOptions { TimeToLive = cache.TimeToLive }, flowStore: null);
        }

        return keeping.UpToDate is { } rule
            ? new UpToDateBody<Payload>(body, PlanOf(rule, identity, isPart, directory))
            : body;
    }

    private static RunPlan PlanOf(UpToDateRule rule, string identity, bool isPart, string directory)
    {
        var place = Template(rule.Directory ?? "");
        return new RunPlan(
            identity, Given, new UpToDateOptions { InputDirectory = directory, Always = rule.Always },
            KeyTemplate.Of((call, escape) => Path.GetFullPath(place.Render(call, escape), directory)),
            [.. rule.Inputs.Select(Within)], [.. rule.Outputs.Select(Template)]);

        KeyTemplate Template(string text) => KeyTemplate.Of((call, _) => ValueScope.Of(call, isPart).Fill(text));

        // Files that are read are where those are that are written.
        KeyTemplate Within(string text) => KeyTemplate.Of(
            (call, escape) => Path.Combine(place.Render(call, escape), Template(text).Render(call, escape)));
    }

    /// <summary>All that the task is given, as JSON that is the same for the same values.</summary>
    private static byte[] Given(TaskCall call)
    {
        var needs = NamedValues.Of(call).Select(need => KeyValuePair.Create(need.Name, need.Value?.DeepClone()));
        JsonNode given = new JsonObject
        {
            [ValueScope.Input] = JsonValues.Of(call.JobInput),
            [ValueScope.Needs] = new JsonObject(needs),
        };
        return CanonicalJson.Of(given, call.Stores.Json.Options);
    }

    /// <summary>Gives what a body gave as JSON: what is kept is kept so.</summary>
    private sealed class EncodedBody(TaskBody inner) : TaskBody
    {
        public override IReadOnlyList<ExecutableFlow> Templates => inner.Templates;

        public override async ValueTask<Payload> RunAsync(TaskCall call)
        {
            var output = await inner.RunAsync(call).ConfigureAwait(false);
            return output.IsEncoded ? output : Payload.FromJson(PayloadJson.Of(output));
        }
    }

    /// <summary>Saves what a body gave as a dataset.</summary>
    private sealed class SavedBody(TaskBody inner, SaveRule rule, bool isPart) : TaskBody
    {
        public override IReadOnlyList<ExecutableFlow> Templates => inner.Templates;

        public override async ValueTask<Payload> RunAsync(TaskCall call)
        {
            var output = await inner.RunAsync(call).ConfigureAwait(false);
            if (call.EndsOtherwise) return output;
            var key = ValueScope.Of(call, isPart).Fill(rule.Key, DatasetKeys.Escape);
            var value = JsonValues.Of(output);
            var (datasets, stop) = (call.Context.Datasets, call.CancellationToken);
            var saving = ExpressionValues.Text(value) is { } text
                ? datasets.SaveAsync(key, text, rule.Format, stop)
                : datasets.SaveAsync(key, value, rule.Format, stop);
            await saving.ConfigureAwait(false);
            return output;
        }
    }
}
