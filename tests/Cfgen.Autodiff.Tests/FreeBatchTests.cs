using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>A graph differentiated with a batch of unknown size: every row's gradient is its own.</summary>
public sealed class FreeBatchTests
{
    const int RowLength = 2 * 8 * 8;

    static readonly ModelProto s_graph = Network();

    [Fact]
    public void A_row_has_the_gradient_that_it_has_alone()
    {
        double[][] rows = Rows(3);

        double[][] together = Differentiate(rows);

        // The runtime may take another kernel for one row: the last bits are its own affair.
        for (int i = 0; i < rows.Length; i++)
        {
            double[] alone = Differentiate([rows[i]])[0];
            double allowed = 1e-6 * alone.Max(Math.Abs);
            Assert.All(alone.Zip(together[i]), pair => Assert.Equal(pair.First, pair.Second, allowed));
        }
    }

    [Fact]
    public void The_place_in_the_batch_changes_no_bit()
    {
        double[][] rows = Rows(3);

        double[][] gradients = Differentiate(rows);
        double[][] turned = Differentiate([rows[2], rows[0], rows[1]]);

        Assert.Equal([gradients[2], gradients[0], gradients[1]], turned);
    }

    [Fact]
    public void Other_rows_change_no_bit()
    {
        double[][] rows = Rows(3);

        double[][] gradients = Differentiate(rows);
        double[][] beside = Differentiate([Array.ConvertAll(rows[0], v => 5 - 3 * v), rows[1], Array.ConvertAll(rows[2], v => -v)]);

        Assert.Equal(gradients[1], beside[1]);
        Assert.NotEqual(gradients[0], beside[0]);
    }

    [Fact]
    public void A_value_with_two_free_axes_gets_its_shape_when_the_batch_is_known()
    {
        (ModelProto model, string y) = Models.Of([("x", [Models.Batch, 2])], ops =>
        {
            string products = ops.MatMul("x", ops.Transpose("x", 1, 0)); // [N, N]
            return ops.ReduceSum(ops.Sin(products), [0, 1], keepDims: false);
        });
        Random random = new(4);

        CentralDifferences.Check(
            model, y, new Dictionary<string, Tensor> { ["x"] = Tensor.Draw(DataType.Double, [3, 2], random) }, ["x"], random);
    }

    /// <summary>x [N, 2, 8, 8] through convolution, pools and a layer to log Σ exp of three logits, [N].</summary>
    static ModelProto Network()
    {
        Random random = new(1);
        (ModelProto model, string y) = Models.Of([("x", [Models.Batch, 2, 8, 8])], ops =>
        {
            string Weights(params long[] shape) => ops.Real(Tensor.Draw(DataType.Float, shape, random).Values, shape);
            string hidden =
                ops.Emit("LeakyRelu", [ops.Conv("x", Weights(6, 2, 3, 3), [1, 1], [1, 1, 1, 1], [1, 1], 1)], Float("alpha", 0.2f));
            string largest = ops.Emit("MaxPool", [hidden], Ints("kernel_shape", 3, 3), Ints("strides", 2, 2));
            string narrow = ops.Emit("Relu", [ops.Conv(largest, Weights(4, 6, 2, 2), [1, 1], [0, 0, 0, 0], [1, 1], 1)]);
            string mean = ops.Emit("AveragePool", [narrow], Ints("kernel_shape", 2, 2));
            string logits = ops.Emit("Gemm", [ops.Emit("Flatten", [mean]), Weights(3, 4), Weights(3)], Int("transB", 1));
            return ops.ReduceLogSumExp(logits, [1], keepDims: false);
        }, type: DataType.Float);
        return Gradients.Graph(model, y, "x");
    }

    static double[][] Rows(int count)
    {
        Random random = new(2);
        return [.. Enumerable.Range(0, count).Select(_ => Tensor.Draw(DataType.Float, [RowLength], random).Values)];
    }

    static double[][] Differentiate(double[][] rows)
    {
        Tensor x = new(DataType.Float, [rows.Length, 2, 8, 8], [.. rows.SelectMany(r => r)]);
        return [.. RunningModel.Run(s_graph, new Dictionary<string, Tensor> { ["x"] = x }, "dx")[0].Values.Chunk(RowLength)];
    }
}
