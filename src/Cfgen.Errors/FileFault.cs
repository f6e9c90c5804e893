namespace Cfgen;

/// <summary>Why a file is not read.</summary>
public enum FileFault
{
    /// <summary>There is nothing of that name.</summary>
    Missing,

    /// <summary>A folder stands there.</summary>
    Folder,

    /// <summary>A pipe, a device or a socket: it may never end, or never begin.</summary>
    Special,

    /// <summary>More bytes than any file of its kind has.</summary>
    TooLarge,

    /// <summary>It may not be read.</summary>
    NoPermission,

    /// <summary>The system cannot read it, or it changed meanwhile.</summary>
    Unreadable,
}
