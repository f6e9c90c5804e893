using Cfgen.Counterfactuals;

namespace Cfgen.Explanations.Tests;

/// <summary>The class that a search moves towards or away from. Of classes a picture has one; of labels it has any number.</summary>
public sealed class SearchTargetTests
{
    static readonly float[] s_original = [0.9f, 0.7f, 0.3f, 0.1f], s_reconstruction = [0.8f, 0.9f, 0.2f, 0.4f];

    static int Choose(string? asked, SearchDirection direction, bool labels) =>
        SearchTarget.Choose(asked, direction, s_original, labels, new ClassNames(null, 4), () => s_reconstruction).Index;

    static string Refused(string asked, SearchDirection direction, bool labels) =>
        Assert.Throws<InputException>(() => Choose(asked, direction, labels)).Problem.Code;

    [Fact]
    public void Nobody_asked_for_one()
    {
        Assert.Equal(1, Choose(null, SearchDirection.Increase, labels: false));
        Assert.Equal(3, Choose(null, SearchDirection.Increase, labels: true)); // of the labels that the picture has not
        Assert.Equal(0, Choose(null, SearchDirection.Decrease, labels: false));
        Assert.Equal(0, Choose(null, SearchDirection.Decrease, labels: true));
    }

    [Fact]
    public void A_label_that_the_picture_has_already_is_not_moved_towards()
    {
        Assert.Equal("target-is-present-class", Refused("1", SearchDirection.Increase, labels: true));
        Assert.Equal(1, Choose("1", SearchDirection.Increase, labels: false));
    }

    [Fact]
    public void A_picture_without_any_label_has_none_to_leave() =>
        Assert.Equal("target-is-not-present-class", Assert.Throws<InputException>(() =>
            SearchTarget.Choose(null, SearchDirection.Decrease, [0.1f, 0.3f], true, new ClassNames(null, 2), () =>
                [0.1f, 0.3f])).Problem.Code);

    [Fact]
    public void A_label_that_the_picture_has_beside_a_more_probable_one_can_be_left()
    {
        Assert.Equal(1, Choose("1", SearchDirection.Decrease, labels: true));
        Assert.Equal("target-is-not-present-class", Refused("2", SearchDirection.Decrease, labels: true));
        Assert.Equal("target-is-not-present-class", Refused("1", SearchDirection.Decrease, labels: false));
    }
}
