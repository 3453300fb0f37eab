package io.chordata.node.s3;

import io.chordata.node.s3.xml.XmlWriter;

/** Who owns every bucket and object, as S3 writes it. */
final class Owner {
    static final String ACCOUNT = "000000000000";
    static final String ID = "0".repeat(64);
    static final String NAME = "chordata";

    private Owner() {}

    static void write(XmlWriter xml, String element) {
        xml.open(element).element("ID", ID).element("DisplayName", NAME).close();
    }
}
