using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads who is told of the jobs of a file: <c>notify</c> and <c>hooks</c>.</summary>
internal static class YamlTelling
{
    public static readonly string[] NoticeKeys = ["on", "webhook", "secret", "mail"];

    public static readonly string[] MailKeys = ["host", "port", "from", "to", "user", "password", "tls"];

    public static readonly string[] HookKeys = ["on-start", "on-failure", "on-end"];

    private static readonly string[] Moments = ["failure", "always"];

    public static FlowTelling Read(YamlFields file) => new(Notices(file), Hooks(file));

    private static FlowHooks Hooks(YamlFields file)
    {
        if (file.Find("hooks") is not { } node) return FlowTelling.None.Hooks;
        var hooks = new YamlFields(node, "'hooks'", HookKeys, file.Faults);
        foreach (var key in HookKeys)
            if (hooks.Find(key) is YamlScalarNode { Value: { } command } empty && !YamlFields.IsEmpty(empty)
                && string.IsNullOrWhiteSpace(command))
                hooks.Report(empty, $"'{key}' is empty; it is a shell command.");
        return new FlowHooks(hooks.Text("on-start"), hooks.Text("on-failure"), hooks.Text("on-end"));
    }

    private static List<NoticeRule> Notices(YamlFields file)
    {
        switch (file.Find("notify"))
        {
            case null: return [];
            case YamlSequenceNode list:
                return [.. list.Children.Select(node => Notice(file, node)).OfType<NoticeRule>()];
            case var one: return Notice(file, one) is { } rule ? [rule] : [];
        }
    }

    private static NoticeRule? Notice(YamlFields file, YamlNode node)
    {
        var fields = new YamlFields(node, "A rule of 'notify'", NoticeKeys, file.Faults);
        if (node is not YamlMappingNode) return null;
        if (fields.Has("webhook") == fields.Has("mail"))
        {
            // A slip in the name of one has been told.
            if (!fields.HasUnknown || fields.Has("mail"))
                fields.Report(
                    node, "A rule of 'notify' has either 'webhook' (an address) or 'mail'.", FlowFaultCode.MissingKey);
            return null;
        }

        if (fields.Find("secret") is { } misplaced && !fields.Has("webhook"))
            fields.Report(misplaced, "'secret' is for a 'webhook'.", FlowFaultCode.Misplaced);
        var onlyFailures = fields.OneOf("on", Moments) is null or "failure";
        var mail = fields.Find("mail") is { } of ? Mail(fields, of) : null;
        var webhook = Filled(fields, "webhook").FirstOrDefault();
        if (webhook is null && mail is null) return null;
        // What begins with a variable may be anything; otherwise "1" does for a host, a port and a path.
        if (webhook is not null && !webhook.StartsWith("${", StringComparison.Ordinal)
            && Webhook.UrlOf(EnvironmentText.FillWith(webhook, "1")) is null)
            fields.Report(fields.Find("webhook")!, $"'webhook' of 'notify': '{webhook}' {Webhook.NoAddress}");
        return new NoticeRule(onlyFailures)
        {
            Webhook = webhook,
            Secret = Secret(fields, "secret"),
            Mail = mail,
        };
    }

    private static MailRule? Mail(YamlFields rule, YamlNode node)
    {
        var fields = new YamlFields(node, "'mail'", MailKeys, rule.Faults);
        foreach (var key in (string[])["host", "from", "to"])
            if (!fields.Has(key) && !fields.HasUnknown)
                fields.Report(node, $"'mail' has no '{key}'.", FlowFaultCode.MissingKey);
        if (fields.Has("user") != fields.Has("password"))
            fields.Report(node, "'mail' has 'user' and 'password' together, or neither.");
        var port = fields.Integer("port");
        if (port is < 1 or > 65535)
            fields.Report(fields.Find("port")!, $"'port' is {port}; it is from 1 to 65535.");
        var (host, from, to) = (Filled(fields, "host"), Filled(fields, "from"), Filled(fields, "to"));
        if (host is [var name] && string.IsNullOrWhiteSpace(name))
            fields.Report(fields.Find("host")!, "'host' is empty; name the mail server.");
        if (to.Length == 0 && fields.Find("to") is YamlSequenceNode { Children.Count: 0 } nobody)
            fields.Report(nobody, "'to' is empty; name a recipient.");
        CheckAddresses(fields, "from", from);
        CheckAddresses(fields, "to", to);
        return new MailRule(host.FirstOrDefault() ?? "", from.FirstOrDefault() ?? "", to)
        {
            Port = port,
            User = Filled(fields, "user").FirstOrDefault(),
            Password = Secret(fields, "password"),
            Tls = fields.Flag("tls"),
        };
    }

    private static void CheckAddresses(YamlFields fields, string key, string[] texts)
    {
        foreach (var text in texts.Where(EnvironmentText.IsConstant))
        {
            if (EnvironmentText.HasOther(text) || EmailOptions.IsAddress(text)) continue;
            fields.Report(
                fields.Find(key)!,
                $"'{text}' in '{key}' is no mail address; write one such as reports@example.org in plain letters.");
        }
    }

    private static string[] Filled(YamlFields fields, string key)
    {
        var texts = key == "to" ? fields.Texts(key) : fields.Text(key) is { } text ? [text] : [];
        if (Array.Exists(texts, EnvironmentText.HasOther))
            fields.Report(
                fields.Find(key)!,
                $"'{key}' takes variables of the environment, as in \"${{env.NAME}}\", and no other references.");
        return texts;
    }

    private static string? Secret(YamlFields fields, string key)
    {
        if (fields.Text(key) is not { } text) return null;
        if (!EnvironmentText.IsVariable(text))
            fields.Report(
                fields.Find(key)!,
                $"'{key}' stands in no file, which others may read: name a variable, as in \"${{env.NAME}}\".");
        return text;
    }
}
