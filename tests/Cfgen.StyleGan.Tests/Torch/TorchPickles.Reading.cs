using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.Tests.Torch;

// What the reader makes of them.
static partial class TorchPickles
{
    public static Tensor ReadTensor(object? tensor) => Read(NetworkWith(tensor)).Tensor("x");

    public static PersistentModule Read(byte[] file) => NetworkPickle.Parse(file, "network.pkl").Module("G_ema");

    public static Problem Refused(byte[] file) => Assert.Throws<InputException>(() => Read(file)).Problem;
}
