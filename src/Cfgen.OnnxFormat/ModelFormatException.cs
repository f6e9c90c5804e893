namespace Cfgen.OnnxFormat;

/// <summary>A file is not an ONNX model that can be read: another format, cut off, too large, or with data where it must not be.</summary>
public sealed class ModelFormatException(Problem problem, Exception? inner = null) : CfgenException(problem, inner);
