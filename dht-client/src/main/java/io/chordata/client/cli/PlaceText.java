package io.chordata.client.cli;

import io.chordata.client.admin.ObjectPlace;
import io.chordata.client.admin.ObjectPlace.Block;

/** Where an object is, as text. */
final class PlaceText {
    private PlaceText() {}

    static String of(String name, ObjectPlace place, NodeNames names) {
        String leader = place.leader();
        StringBuilder text = new StringBuilder(Texts.printable(name))
                .append("\nsize       ")
                .append(place.size())
                .append(" bytes\nversion    ")
                .append(place.versionId())
                .append("\npartition  ")
                .append(place.partition())
                .append(", kept by ")
                .append(names.of(place.replicas()))
                .append(leader == null ? "; nobody who answers leads it" : "; led by " + names.of(leader));
        if (place.inline()) {
            return text.append("\nblocks     none, the bytes are in the record").toString();
        }
        Table blocks = new Table(">block", ">partition", "nodes", "id");
        for (Block block : place.blocks()) {
            blocks.row(block.index(), block.partition(), names.of(block.replicas()), block.id());
        }
        return text.append("\n\n").append(blocks).toString();
    }
}
