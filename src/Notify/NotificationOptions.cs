namespace ActorFlow;

/// <summary>What is sent when jobs end, and where to.</summary>
public sealed class NotificationOptions
{
    /// <summary>Where reports go, besides the channels among the host's services.</summary>
    public IList<IReportChannel> Channels { get; } = [];

    /// <summary>Whether only failures are told of, and nothing is sent without any. The default is false.</summary>
    public bool OnlyErrors { get; set; }

    /// <summary>The names of the tasks that are told of, without regard to case; null, the default, for all.</summary>
    public IReadOnlyList<string>? Tasks { get; set; }

    /// <summary>The names of the flows whose jobs are told of; null, the default, for all.</summary>
    public IReadOnlyList<string>? Flows { get; set; }
}
