using System.Security;
using System.Text;

namespace Cfgen.Imaging;

/// <summary>An image mark as XMP (ISO 16684-1), which PNG and WebP carry alike.</summary>
static class XmpPacket
{
    /// <summary>The packet in UTF-8. It holds no date: the same mark gives the same bytes.</summary>
    public static byte[] Of(ImageMark mark)
    {
        string source =
            mark.DigitalSourceType is { } type ? $"\n   <Iptc4xmpExt:DigitalSourceType>{type}</Iptc4xmpExt:DigitalSourceType>" : "";
        string? description = SecurityElement.Escape(mark.Description);
        return Encoding.UTF8.GetBytes($"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
             <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
              <rdf:Description rdf:about=""
                xmlns:dc="http://purl.org/dc/elements/1.1/"
                xmlns:xmp="http://ns.adobe.com/xap/1.0/"
                xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
               <xmp:CreatorTool>{SecurityElement.Escape(mark.Software)}</xmp:CreatorTool>
               <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt></dc:description>{source}
              </rdf:Description>
             </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="r"?>
            """);
    }
}
