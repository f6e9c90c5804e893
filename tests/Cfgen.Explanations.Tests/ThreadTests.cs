using Cfgen.Inference.Bundles;

namespace Cfgen.Explanations.Tests;

/// <summary>One explainer for several images at once.</summary>
public sealed class ThreadTests
{
    [Fact]
    public void Fake_networks_on_two_threads_give_what_they_give_one_after_the_other()
    {
        using Explainer explainer = Cases.Open(new());
        AssertSame(explainer, Cases.Left, Cases.Image(-0.3f, 0.5f));
    }

    [Fact]
    public void Real_networks_on_two_threads_give_what_they_give_one_after_the_other()
    {
        Bundle bundle = Bundle.Open(Path.Combine(AppContext.BaseDirectory, "digits"), new());
        string samples = Path.Combine(Repository.Root, "samples");
        using Explainer explainer = Explainer.Open(
            bundle, new() { Search = new() { MaxSteps = 3 } }, cancellationToken: TestContext.Current.CancellationToken);
        AssertSame(explainer, Load("four-1.png"), Load("seven-1.png"));

        InputImage Load(string name) => InputImage.Load(Path.Combine(samples, name), bundle.Manifest.Image);
    }

    static void AssertSame(Explainer explainer, params InputImage[] images)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        Explanation[] alone = [.. images.Select(image => explainer.Explain(image, new(), null, token))];
        using Barrier together = new(images.Length);
        Explanation[] atOnce = new Explanation[images.Length];
        Thread[] threads = [.. images.Select((image, i) => new Thread(() =>
        {
            together.SignalAndWait();
            atOnce[i] = explainer.Explain(image, new(), null, token);
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        for (int i = 0; i < images.Length; i++)
        {
            Assert.Equal(alone[i].Path.Rows, atOnce[i].Path.Rows);
            Assert.Equal(alone[i].Best.Ws.ToArray(), atOnce[i].Best.Ws.ToArray());
            Assert.Equal(alone[i].BestImage.Pixels, atOnce[i].BestImage.Pixels);
            Assert.Equal(alone[i].Counterfactual, atOnce[i].Counterfactual);
        }
    }
}
