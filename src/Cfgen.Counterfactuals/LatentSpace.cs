using System.Text.Json.Serialization;

namespace Cfgen.Counterfactuals;

/// <summary>Which numbers a search may move.</summary>
public enum LatentSpace
{
    /// <summary>One code <c>w</c> [w_dim], shared by all layers. What it finds stays closest to what the generator was trained
    /// on.</summary>
    [JsonStringEnumMemberName("w")] W,

    /// <summary>One code for each layer, <c>ws</c> [num_ws, w_dim], each moving on its own. Follows details that no single code can
    /// show.</summary>
    [JsonStringEnumMemberName("w+")] WPlus,
}
