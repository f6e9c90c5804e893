using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Operators that move elements between channels and space, turn sequences round or keep a triangle.</summary>
static class RearrangementCases
{
    public static IEnumerable<GradientCase> All =>
    [
        new GradientCase("DepthToSpace", "mode absent", Variable(2, 8, 2, 3)).With(Int("blocksize", 2)),
        new GradientCase("DepthToSpace", "DCR", Variable(1, 18, 2, 1)).With(Int("blocksize", 3), Text("mode", "DCR")),
        new GradientCase("DepthToSpace", "CRD", Variable(2, 8, 2, 3)).With(Int("blocksize", 2), Text("mode", "CRD")),
        new GradientCase("DepthToSpace", "CRD, one channel of blocks of 3", Variable(1, 9, 1, 2))
            .With(Int("blocksize", 3), Text("mode", "CRD")),
        new GradientCase("DepthToSpace", "DCR", Variable(3, 4, 2, 2)).With(Int("blocksize", 2), Text("mode", "DCR")).Free(),
        new GradientCase("DepthToSpace", "CRD", Variable(3, 8, 2, 2)).With(Int("blocksize", 2), Text("mode", "CRD")).Free(),
        new GradientCase("SpaceToDepth", "blocks of 2", Variable(2, 2, 4, 6)).With(Int("blocksize", 2)),
        new GradientCase("SpaceToDepth", "blocks of 3", Variable(1, 2, 3, 6)).With(Int("blocksize", 3)),
        new GradientCase("SpaceToDepth", "picture", Variable(3, 1, 4, 2)).With(Int("blocksize", 2)).Free(),

        new("ReverseSequence", "time first", Variable(4, 3, 2), Lengths(OperandRole.Constant, 4, 1, 3)),
        new GradientCase("ReverseSequence", "batch first", Variable(3, 4), Lengths(OperandRole.Constant, 2, 4, 3))
            .With(Int("batch_axis", 0), Int("time_axis", 1)),
        new GradientCase("ReverseSequence", "lengths at run time", Variable(3, 4, 2), Lengths(OperandRole.Fed, 2, 4, 1))
            .With(Int("batch_axis", 0), Int("time_axis", 1)),
        new GradientCase("ReverseSequence", "lengths at run time", Variable(3, 4), Lengths(OperandRole.Fed, 2, 4, 3))
            .With(Int("batch_axis", 0), Int("time_axis", 1)).Free(),

        .. from upper in new[] { 0, 1 }
           from c in new GradientCase[]
           {
               new("Trilu", $"upper {upper}", Variable(3, 4)),
               new("Trilu", $"upper {upper}, k 1", Variable(3, 4), Long(1)),
               new("Trilu", $"upper {upper}, k -2", Variable(4, 3), Long(-2)),
               new("Trilu", $"upper {upper}, k beyond the matrix", Variable(2, 2), Long(5)),
               new("Trilu", $"upper {upper}, several matrices", Variable(2, 3, 3), Long(-1)),
               new GradientCase("Trilu", $"upper {upper}", Variable(3, 2, 2)).Free(),
           }
           select c.With(Int("upper", upper)).Since(14),
        new GradientCase("Trilu", "upper absent", Variable(3, 3)).Since(14),
    ];

    static Operand Lengths(OperandRole role, params double[] lengths) =>
        new(role, lengths.Length) { Type = DataType.Int64, Values = lengths };
}
