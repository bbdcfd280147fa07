"""The XMP packet that says where a picture comes from.

ISO 16684-1 (XMP); IPTC Photo Metadata Standard 2023.1, "Digital Source Type".
"""

import re
from xml.sax.saxutils import escape, quoteattr

from bot.imaging.values import Mark

_TOOL = "Likeness"
_LONGEST = 8000
"""Characters of the description: even escaped, the packet stays below the 64 KB of a JPEG segment."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    Iptc4xmpExt:DigitalSourceType={source}
    xmp:CreatorTool={tool}>
   <dc:description>
    <rdf:Alt>
     <rdf:li xml:lang="x-default">{description}</rdf:li>
    </rdf:Alt>
   </dc:description>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def packet(mark: Mark) -> bytes:
    """The packet for `mark` in UTF-8, read-only and without padding; always below 50 KB."""
    description = _NOT_XML.sub("", mark.description)[:_LONGEST]
    return _PACKET.format(
        source=quoteattr(mark.source_type), tool=quoteattr(_TOOL), description=escape(description)
    ).encode()
