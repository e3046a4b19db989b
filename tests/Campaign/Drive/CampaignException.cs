namespace ActorFlow.Campaign;

/// <summary>A promise was broken: says which, and how it came to that.</summary>
internal sealed class CampaignException(string message) : Exception(message);
