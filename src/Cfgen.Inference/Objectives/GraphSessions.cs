using Cfgen.Inference.Graphs;
using Cfgen.Inference.Runtime;

namespace Cfgen.Inference.Objectives;

/// <summary>The gradient graph and the graph that judges a picture, loaded, and what is known of them.</summary>
sealed record GraphSessions(GraphFacts Facts, ModelSession Gradient, ModelSession Classify) : IDisposable
{
    /// <summary>Loads both at once, on two cores; where one fails, nothing of the other is left behind.</summary>
    /// <exception cref="CfgenException">One of them cannot be loaded.</exception>
    public static GraphSessions Open(GraphFacts facts, Func<ModelSession> gradient, Func<ModelSession> classify)
    {
        Task<ModelSession?> other = Task.Run<ModelSession?>(classify);
        ModelSession? first = null;
        try
        {
            first = gradient();
            return new(facts, first, other.GetAwaiter().GetResult()!);
        }
        catch
        {
            first?.Dispose();
            Discard(other);
            throw;
        }
    }

    /// <summary>Waits for a session that is not wanted any more: the program must not end while it is being made. Its own error, if any, is
    /// not told.</summary>
    public static void Discard(Task<ModelSession?> loading)
    {
        bool loaded = loading.ContinueWith(t => t.IsCompletedSuccessfully, TaskScheduler.Default).GetAwaiter().GetResult();
        if (loaded) loading.Result?.Dispose();
    }

    public void Dispose()
    {
        Gradient.Dispose();
        Classify.Dispose();
    }
}
