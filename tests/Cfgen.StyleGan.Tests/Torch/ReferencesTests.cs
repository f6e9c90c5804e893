using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.Tests.Torch;

/// <summary>What the assembly could do at all: the types and members of others that it names.</summary>
public sealed class ReferencesTests
{
    // A type's full name, or its beginning.
    static readonly string[] s_forbidden =
    [
        "System.Diagnostics.Process", "System.Net.", "System.Reflection.Emit.", "System.Reflection.Assembly",
        "System.Reflection.MethodInfo", "System.Reflection.MethodBase",
        "System.Activator", "System.Runtime.Loader.", "System.Runtime.InteropServices.NativeLibrary", "System.Runtime.Serialization.",
        "System.Linq.Expressions.",
        "Microsoft.CSharp.", "System.CodeDom.", "System.IO.Pipes.", "System.IO.FileStream", "System.IO.StreamReader",
        "System.IO.StreamWriter", "System.IO.MemoryMappedFiles.",
    ];

    [Fact]
    public void No_process_socket_reflection_or_emitted_code_is_within_reach()
    {
        Assert.DoesNotContain(
            TypeReferences(), type => s_forbidden.Any(f => f.EndsWith('.') ? type.StartsWith(f, StringComparison.Ordinal) : type == f));
        Assert.Contains("Cfgen.InputFile", TypeReferences()); // or the list above could not find anything
    }

    [Fact]
    public void Type_by_name_is_never_asked_for_and_the_file_named_is_the_only_one_opened()
    {
        List<string> members = MemberReferences();
        Assert.DoesNotContain("System.Type.GetType", members);
        Assert.DoesNotContain(members, m => m.StartsWith("System.IO.File.", StringComparison.Ordinal));
        Assert.Contains("Cfgen.InputFile.Open", members);
    }

    static List<string> TypeReferences() => Read(metadata => metadata.TypeReferences.Select(handle => NameOf(metadata, handle)));

    static List<string> MemberReferences() => Read(metadata =>
        from handle in metadata.MemberReferences
        let member = metadata.GetMemberReference(handle)
        where member.Parent.Kind == HandleKind.TypeReference
        select $"{NameOf(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}");

    static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    static List<string> Read(Func<MetadataReader, IEnumerable<string>> select)
    {
        using PEReader file = new(File.OpenRead(typeof(NetworkPickle).Assembly.Location));
        return [.. select(file.GetMetadataReader())];
    }
}
