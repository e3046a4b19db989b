using System.Text.Json;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>All that a job of the command line needs to be run, kept with the job to resume it.</summary>
internal abstract class JobPackage
{
    private ExecutableFlow? _executable;

    /// <summary>What the flow wants to be given.</summary>
    public abstract DeclaredInputs Inputs { get; }

    /// <summary>Who is told of its jobs.</summary>
    public virtual FlowTelling Telling => FlowTelling.None;

    /// <summary>Where commands of the flow run that name no directory.</summary>
    public virtual string Directory => Environment.CurrentDirectory;

    /// <summary>The services that were made for its tasks; null for a flow that names none.</summary>
    public virtual MadeServices? Services => null;

    /// <summary>The services that the flow names, as far as it has not been made to run yet.</summary>
    public virtual IReadOnlyList<SeenService> NamedServices => [];

    /// <summary>A package for a new job.</summary>
    /// <param name="target">A flow file, or a flow of an assembly.</param>
    /// <param name="timeScale">What recorded run times are multiplied by.</param>
    /// <param name="failFast">Whether the first task that fails ends the job, whatever the flow says.</param>
    /// <param name="assemblies">Assemblies with .NET tasks that a flow file uses.</param>
    /// <exception cref="ActorFlowException">There is no such thing, or it is no flow.</exception>
    public static JobPackage Of(
        string target, double timeScale = 0, bool failFast = false, IReadOnlyList<string>? assemblies = null)
    {
        var parsed = FlowTarget.Parse(target);
        return parsed.IsAssembly
            ? new AssemblyPackage(parsed, failFast)
            : FilePackage.FromFile(target, timeScale, failFast, assemblies);
    }

    /// <summary>The package that a job brought along when it was submitted.</summary>
    /// <exception cref="ActorFlowException">The job is not one of the command line.</exception>
    public static JobPackage FromJob(SubmittedJob job)
    {
        try
        {
            if (job.FlowSource is { } source)
            {
                using var document = JsonDocument.Parse(source.Json);
                if (document.RootElement.TryGetProperty("assembly", out _))
                    return AssemblyPackage.FromJson(document.RootElement, source);
                if (!document.RootElement.TryGetProperty("settings", out _))
                    return FilePackage.FromJson(document.RootElement);
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            throw new ActorFlowException(
                $"The flow that job '{job.Id}' was submitted with cannot be read: {e.Message}", e);
        }

        throw new ActorFlowException(
            $"Job '{job.Id}' runs a flow in code; only the program that submitted it can open it. "
            + "'actorflow list' and 'actorflow show ID --events' need no flow.");
    }

    /// <summary>The flow as it is written, for those who only look at it.</summary>
    /// <exception cref="FlowDefinitionException">The flow has faults: all of them are listed.</exception>
    public abstract Flow Define();

    /// <summary>The flow, with what its tasks run.</summary>
    /// <param name="logs">Where the output of shell tasks goes; null for nowhere.</param>
    /// <exception cref="FlowDefinitionException">The flow has faults: all of them are listed.</exception>
    public ExecutableFlow Executable(TaskLogFiles? logs = null) => _executable ??= Build(logs);

    /// <summary>The job's input.</summary>
    /// <param name="file">A file with a JSON object, <c>-</c> for standard input, or null.</param>
    /// <param name="settings">Single fields as <c>NAME=VALUE</c>: they win over the file.</param>
    /// <param name="standardInput">What <c>-</c> reads.</param>
    /// <exception cref="ActorFlowException">It does not fit: all that is wrong is listed.</exception>
    public virtual Payload ReadInput(string? file, IReadOnlyList<string> settings, TextReader standardInput) =>
        FlowInput.Read(Inputs, file, settings, standardInput);

    /// <summary>The input that a job has recorded, with some fields set anew.</summary>
    /// <param name="recorded">What the job has recorded.</param>
    /// <param name="settings">Single fields as <c>NAME=VALUE</c>: they win over what is recorded.</param>
    public Payload ReadInput(Payload recorded, IReadOnlyList<string> settings)
    {
        var fields = FieldsOf(recorded);
        return ReadInput(fields == "null" ? null : "-", settings, new StringReader(fields));
    }

    /// <summary>The flow as it is now, which may be another than the one that the job keeps; all else stays.</summary>
    /// <param name="flow">Where it is; null for where the job found it.</param>
    /// <exception cref="ActorFlowException">It is not there.</exception>
    public abstract JobPackage Anew(string? flow);

    /// <summary>An input that was recorded, as an object with the fields that the flow wants to be given.</summary>
    protected virtual string FieldsOf(Payload recorded) => recorded.ToString();

    protected abstract ExecutableFlow Build(TaskLogFiles? logs);

    protected static string TextOf(JsonElement value) =>
        value.GetString() ?? throw new FormatException("A text is null.");

    /// <summary>What is kept with the job, as JSON.</summary>
    protected static Payload Pack(Action<Utf8JsonWriter> write)
    {
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Payload.FromJson(json.WrittenMemory);
    }
}
