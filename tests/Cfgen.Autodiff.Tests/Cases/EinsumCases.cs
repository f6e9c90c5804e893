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
        Einsum("...ij,...jk->...ik", Variable(2, 2, 3), Variable(2, 3, 2)),
        Einsum("...j,jk->...k", Variable(2, 3), Variable(3, 2)),
        Einsum("...j,jk", Variable(2, 2, 3), Variable(3, 2)),
        Einsum("i...,...->i...", Variable(2, 3, 2), Variable(3, 2)),
        Einsum("...ij,...jk->...ik", Variable(2, 1, 2, 3), Variable(1, 4, 3, 2)) with { About = "axes repeated in both" },
        Einsum("...,...->...", Variable(1, 3), Variable(2, 1)),
        Einsum("...i->...", Variable(2, 3)),
        Einsum("i...->...", Variable(2, 3)),
        Einsum("...ij,jk->...ik", Variable(3, 2, 2), Constant(2, 4)).Free(),
        Einsum("ii->i", Variable(3, 3)),
        Einsum("ii", Variable(3, 3)),
        Einsum("ii->", Variable(3, 3)),
        Einsum("bii->bi", Variable(2, 3, 3)),
        Einsum("iji->j", Variable(3, 2, 3)),
        Einsum("iij->ij", Variable(2, 2, 3)),
        Einsum("iii->i", Variable(3, 3, 3)),
        Einsum("ijij->ij", Variable(2, 3, 2, 3)),
        Einsum("ii,ij->j", Variable(3, 3), Variable(3, 2)),
        Einsum("ii,jj->ij", Variable(3, 3), Variable(2, 2)),
        Einsum("...ii->...i", Variable(2, 3, 3)),
        Einsum("bii->b", Variable(3, 2, 2)).Free(),
        Einsum("bij->i", Variable(3, 2, 2)) with { About = "the batch is summed", FreeBatch = true },
    ];

    static GradientCase Einsum(string equation, params Operand[] inputs) =>
        new GradientCase("Einsum", equation, inputs).With(Text("equation", equation));
}
