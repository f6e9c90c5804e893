using System.Globalization;

namespace Cfgen.OnnxFormat.Tests;

public sealed class SaveTests : IDisposable
{
    const long Alignment = 4096;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Two large weights, one of them in a node, and one too small to be worth a place outside.</summary>
    static ModelProto WithWeights() => Models.Of(
        17,
        [
            Models.Node(
                "Constant", [], ["inside_node"],
                Models.Tensor("value", Models.Floats("inside_node", [.. Enumerable.Range(0, 300).Select(i => (float)-i)]))),
            Models.Node("Add", ["x", "small"], ["a"]),
            Models.Node("Add", ["a", "inside_node"], ["b"]),
            Models.Node("Add", ["b", "large"], ["y"]),
        ],
        Models.Floats("large", [.. Enumerable.Range(0, 1500).Select(i => (float)i)]),
        Models.Floats("small", 1, 2, 3));

    [Fact]
    public void What_is_saved_is_loaded()
    {
        OnnxFile.Save(WithWeights(), _folder["model.onnx"]);
        Assert.Equal(WithWeights(), OnnxFile.Load(_folder["model.onnx"]));
        Assert.Equal(["model.onnx"], _folder.Names);
    }

    [Fact]
    public void Data_in_a_second_file_is_loaded_with_it()
    {
        ModelProto model = WithWeights();
        OnnxFile.Save(model, _folder["model.onnx"], externalDataThreshold: 100);

        Assert.Equal(["model.onnx", "model.onnx.data"], _folder.Names);
        Assert.Equal(WithWeights(), OnnxFile.Load(_folder["model.onnx"]));
        Assert.Equal(WithWeights(), model); // the caller's own is not touched
    }

    [Fact]
    public void Each_tensor_outside_begins_at_a_page_and_the_small_ones_stay_inside()
    {
        OnnxFile.Save(WithWeights(), _folder["model.onnx"], externalDataThreshold: 100);

        ModelProto written = OnnxFile.Parse(File.ReadAllBytes(_folder["model.onnx"]), "model.onnx");
        TensorProto[] outside = [written.Graph.Initializer[0], written.Graph.Node[0].Attribute[0].T];

        Assert.All(outside, t => Assert.False(t.HasRawData));
        Assert.All(outside, t => Assert.Equal("model.onnx.data", Entry(t, "location")));
        long[] offsets = [.. outside.Select(t => long.Parse(Entry(t, "offset"), CultureInfo.InvariantCulture))];
        Assert.Equal([0, 2 * Alignment], offsets); // 6,000 bytes come before the second
        Assert.Equal(["6000", "1200"], outside.Select(t => Entry(t, "length")));
        Assert.Equal(2 * Alignment + 1200, new FileInfo(_folder["model.onnx.data"]).Length);
        Assert.Equal(Models.Floats("small", 1, 2, 3), written.Graph.Initializer[1]);
    }

    static string Entry(TensorProto tensor, string key) => tensor.ExternalData.Single(e => e.Key == key).Value;

    [Fact]
    public void The_threshold_itself_is_still_one_file()
    {
        ModelProto model = Models.Of(17, [Models.Node("Add", ["x", "w"], ["y"])], Models.Floats("w", new float[1000]));
        OnnxFile.Save(model, _folder["at.onnx"], externalDataThreshold: 4000);
        OnnxFile.Save(model, _folder["above.onnx"], externalDataThreshold: 3999);
        Assert.Equal(["above.onnx", "above.onnx.data", "at.onnx"], _folder.Names);
    }

    [Fact]
    public void A_model_too_large_for_one_file_counts_the_tensors_in_nodes()
    {
        ModelProto model = Models.Of(17, [Models.Node("Constant", [], ["y"], Models.Tensor("value", Models.Floats("", new float[1000])))]);
        OnnxFile.Save(model, _folder["model.onnx"], externalDataThreshold: 1000);
        Assert.InRange(new FileInfo(_folder["model.onnx"]).Length, 1, 1000);
    }

    [Fact]
    public void An_existing_model_is_replaced()
    {
        string path = _folder["model.onnx"];
        OnnxFile.Save(Models.Small(), path, externalDataThreshold: 0);
        OnnxFile.Save(WithWeights(), path, externalDataThreshold: 100);
        Assert.Equal(WithWeights(), OnnxFile.Load(path));
        Assert.Equal(["model.onnx", "model.onnx.data"], _folder.Names);
    }

    [Fact]
    public void A_path_without_a_folder_is_in_the_present_one()
    {
        string name = Path.GetRelativePath(Directory.GetCurrentDirectory(), _folder["model.onnx"]);
        OnnxFile.Save(Models.Small(), name);
        Assert.Equal(Models.Small(), OnnxFile.Load(name));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    public void A_missing_folder_is_not_made(long threshold)
    {
        Assert.ThrowsAny<IOException>(() => OnnxFile.Save(WithWeights(), _folder["nowhere/model.onnx"], threshold));
        Assert.Empty(_folder.Names);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    public void A_folder_in_the_place_of_the_model_stays_and_nothing_else_is_left(long threshold)
    {
        Directory.CreateDirectory(_folder["model.onnx"]);
        Assert.ThrowsAny<IOException>(() => OnnxFile.Save(WithWeights(), _folder["model.onnx"], threshold));
        Assert.Equal(["model.onnx"], _folder.Names);
    }

    [Fact]
    public void A_save_that_fails_at_the_data_leaves_the_old_model_as_it_was()
    {
        string path = _folder["model.onnx"];
        OnnxFile.Save(Models.Small(), path);
        Directory.CreateDirectory(path + ".data");

        Assert.ThrowsAny<IOException>(() => OnnxFile.Save(WithWeights(), path, externalDataThreshold: 0));

        Assert.Equal(["model.onnx", "model.onnx.data"], _folder.Names);
        Assert.Equal(Models.Small(), OnnxFile.Load(path));
    }
}
