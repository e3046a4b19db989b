using System.Collections.Concurrent;
using ActorFlow.Api.Tests.Engine;

namespace ActorFlow.Api.Tests.UpToDate;

/// <summary>A directory with files, and engines one after the other that work on them.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly DataDirectory _data = new();

    public Workshop() => Directory.CreateDirectory(Files);

    /// <summary>Where the files of the test are.</summary>
    public string Files => Path.Combine(_data.Path, "files");

    public string DataPath => _data.Path;

    /// <summary>The tasks whose code ran since it was last asked, in ordinal order.</summary>
    public string Ran
    {
        get
        {
            var ran = string.Join(", ", _ran.Order(StringComparer.Ordinal));
            _ran.Clear();
            return ran;
        }
    }

    private readonly ConcurrentQueue<string> _ran = new();

    public void Runs(string task) => _ran.Enqueue(task);

    public string Write(string name, string content)
    {
        var path = Path.Combine(Files, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Runs a job in a process of its own.</summary>
    public async Task<JobReport> RunAsync<TIn, TOut>(
        Flow<TIn, TOut> flow, TIn input, JobOptions? options = null, IServiceProvider? services = null)
    {
        await using var engine = _data.Open(o => o.Services = services);
        var job = await engine.SubmitAsync(flow, input, options);
        await job.WaitAsync();
        return await job.GetReportAsync();
    }

    public ActorFlowEngine Open() => _data.Open();

    public void Dispose() => _data.Dispose();
}
