package io.chordata.node.s3;

import io.chordata.node.object.StoredObject;
import io.chordata.node.s3.xml.XmlWriter;

/** An object as listings show it. */
final class ObjectEntries {
    private ObjectEntries() {}

    static void write(XmlWriter xml, PageRequest page, StoredObject object, boolean withOwner) {
        xml.open("Contents").element("Key", page.shown(object.key().text()));
        writeProperties(xml, object, withOwner);
        xml.close();
    }

    static void writeVersion(XmlWriter xml, PageRequest page, StoredObject object) {
        xml.open("Version")
                .element("Key", page.shown(object.key().text()))
                .element("VersionId", object.versionId())
                .element("IsLatest", true);
        writeProperties(xml, object, true);
        xml.close();
    }

    private static void writeProperties(XmlWriter xml, StoredObject object, boolean withOwner) {
        xml.element("LastModified", HttpDates.xml(object.modifiedMillis()))
                .element("ETag", ETags.quoted(object.eTag()));
        if (object.checksum() != null) {
            xml.element("ChecksumAlgorithm", object.checksum().algorithm().name())
                    .element("ChecksumType", object.checksum().type().name());
        }
        xml.element("Size", object.size());
        if (withOwner) {
            Owner.write(xml, "Owner");
        }
        xml.element("StorageClass", "STANDARD");
    }
}
