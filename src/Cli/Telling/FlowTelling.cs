namespace ActorFlow.Cli;

/// <summary>Who is told of the jobs of a flow file.</summary>
/// <param name="Notices">What is sent when a job has ended.</param>
/// <param name="Hooks">The commands that run at some moments.</param>
internal sealed record FlowTelling(IReadOnlyList<NoticeRule> Notices, FlowHooks Hooks)
{
    /// <summary>Nobody.</summary>
    public static FlowTelling None { get; } = new([], new FlowHooks(null, null, null));
}

/// <summary>Where the report of a job goes that has ended. Texts may have <c>${env.NAME}</c> in them.</summary>
/// <param name="OnlyFailures">Whether only jobs are told of that failed or timed out.</param>
internal sealed record NoticeRule(bool OnlyFailures)
{
    /// <summary>The address that it is posted to; null for none.</summary>
    public string? Webhook { get; init; }

    /// <summary>What the post is signed with; null for nothing.</summary>
    public string? Secret { get; init; }

    /// <summary>The mail that it is sent in; null for none.</summary>
    public MailRule? Mail { get; init; }

    /// <summary>The channel to there.</summary>
    /// <exception cref="ActorFlowException">A variable is not set, or an address makes no sense.</exception>
    public IReportChannel Open() => Mail is { } mail ? mail.Open() : ActorFlow.Cli.Webhook.To(
        EnvironmentText.Fill(Webhook!), $"'webhook' of 'notify': '{Webhook}'",
        Secret is null ? null : EnvironmentText.Fill(Secret));
}

/// <summary>A mail with a report.</summary>
/// <param name="Host">The server.</param>
/// <param name="From">The sender.</param>
/// <param name="To">The recipients.</param>
internal sealed record MailRule(string Host, string From, IReadOnlyList<string> To)
{
    /// <summary>The server's port; null for the usual one.</summary>
    public int? Port { get; init; }

    /// <summary>The user; null to send without.</summary>
    public string? User { get; init; }

    /// <summary>The user's password.</summary>
    public string? Password { get; init; }

    /// <summary>Whether the connection is encrypted; null for where there is a user.</summary>
    public bool? Tls { get; init; }

    /// <summary>The channel to there.</summary>
    /// <exception cref="ActorFlowException">A variable is not set, or an address makes no sense.</exception>
    public IReportChannel Open()
    {
        var options = new EmailOptions
        {
            Host = EnvironmentText.Fill(Host),
            From = EnvironmentText.Fill(From),
            To = [.. To.Select(each => EnvironmentText.Fill(each))],
            UseStartTls = Tls,
            Credentials = User is null ? null : new System.Net.NetworkCredential(
                EnvironmentText.Fill(User), EnvironmentText.Fill(Password ?? "")),
        };
        try
        {
            return new EmailChannel(Port is { } port ? options with { Port = port } : options);
        }
        catch (ActorFlowException e)
        {
            throw new ActorFlowException($"'mail' of 'notify': {e.Message}", e);
        }
    }
}

/// <summary>Shell commands that run at some moments of a job, and change nothing of it; null for none.</summary>
/// <param name="OnStart">When a job starts, or goes on.</param>
/// <param name="OnFailure">When it has failed or timed out.</param>
/// <param name="OnEnd">When it has ended, however it did.</param>
internal sealed record FlowHooks(string? OnStart, string? OnFailure, string? OnEnd)
{
    public bool AreNone => this is { OnStart: null, OnFailure: null, OnEnd: null };
}
