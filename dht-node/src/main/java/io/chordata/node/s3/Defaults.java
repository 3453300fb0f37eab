package io.chordata.node.s3;

import io.chordata.node.s3.xml.XmlWriter;

/** What S3 answers about settings that nobody made. */
final class Defaults {
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    private Defaults() {}

    /** A document without content: nothing is configured. */
    static S3Answer empty(String root) {
        return S3Answer.xml(200, XmlWriter.of(root));
    }

    /** {@code us-east-1} is the region that has no name. */
    static S3Answer location(String region) {
        return S3Answer.xml(200, XmlWriter.of("LocationConstraint").text(region.equals("us-east-1") ? "" : region));
    }

    static S3Answer payer() {
        return S3Answer.xml(200, XmlWriter.of("RequestPaymentConfiguration").element("Payer", "BucketOwner"));
    }

    static S3Answer noTags() {
        return S3Answer.xml(200, XmlWriter.of("Tagging").open("TagSet"));
    }

    /** The owner may do everything, others nothing. */
    static S3Answer privateAcl() {
        XmlWriter xml = XmlWriter.of("AccessControlPolicy");
        Owner.write(xml, "Owner");
        xml.open("AccessControlList")
                .open("Grant")
                .open("Grantee", " xmlns:xsi=\"" + INSTANCE + "\" xsi:type=\"CanonicalUser\"")
                .element("ID", Owner.ID)
                .element("DisplayName", Owner.NAME)
                .close()
                .element("Permission", "FULL_CONTROL");
        return S3Answer.xml(200, xml);
    }
}
