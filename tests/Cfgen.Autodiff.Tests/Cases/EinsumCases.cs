using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Einstein sums.</summary>
static class EinsumCases
{
    public static IEnumerable<GradientCase> All =>
    [
        Einsum("ij,jk->ik", Variable(2, 3), Variable(3, 4)),
        Einsum("ij,jk", Variable(2, 3), Variable(3, 4)),
        Einsum("kj,ji", Variable(2, 3), Variable(3, 4)),
        Einsum("ij,kj->ik", Variable(2, 3), Variable(4, 3)),
        Einsum(" i j , j k -> k i ", Variable(2, 3), Variable(3, 4)),
        Einsum("bij,bjk->bik", Variable(2, 2, 3), Variable(2, 3, 2)),
        Einsum("bhqd,bhkd->bhqk", Variable(1, 2, 3, 2), Variable(1, 2, 2, 2)),
        Einsum("i,j->ij", Variable(2), Variable(3)),
        Einsum("i,i->", Variable(3), Variable(3)),
        Einsum("ij,ij->ij", Variable(2, 3), Variable(2, 3)),
        Einsum("ij->ji", Variable(2, 3)),
        Einsum("ij->j", Variable(2, 3)),
        Einsum("ij->i", Variable(2, 3)),
        Einsum("ij->", Variable(2, 3)),
        Einsum("ij,k->i", Variable(2, 3), Variable(4)),
        Einsum("ijl,jk->ik", Variable(2, 3, 2), Variable(3, 4)),
        Einsum("aBc,cB->aB", Variable(2, 3, 2), Variable(2, 3)),
        Einsum("ij,jk,kl->il", Variable(2, 3), Variable(3, 2), Variable(2, 2)),
        Einsum("ij,jk->ik", Variable(2, 3), Constant(3, 4)) with { About = "constant right" },
        Einsum("ij,jk->ik", Constant(2, 3), Variable(3, 4)) with { About = "constant left" },
        Einsum("bij,bjk->bik", Variable(3, 2, 2), Variable(3, 2, 2)).Free(),
        Einsum("bi,ij->bj", Variable(3, 2), Constant(2, 4)).Free(),
        Einsum("bij->i", Variable(3, 2, 2)) with { About = "the batch is summed", FreeBatch = true },
    ];

    static GradientCase Einsum(string equation, params Operand[] inputs) => new GradientCase("Einsum", equation, inputs).With(Text("equation", equation));
}
