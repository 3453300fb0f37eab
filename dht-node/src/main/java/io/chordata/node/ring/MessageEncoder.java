package io.chordata.node.ring;

import com.google.protobuf.ByteString;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Encodes one message; each node's contact stands in it once. */
final class MessageEncoder {
    private static final RingProtos.Empty EMPTY = RingProtos.Empty.getDefaultInstance();

    private final Map<NodeId, Integer> places = new LinkedHashMap<>();
    private final RingProtos.Message.Builder builder = RingProtos.Message.newBuilder();

    MessageEncoder(Contact from) {
        place(from);
    }

    private int place(Contact contact) {
        Integer known = places.get(contact.node());
        if (known != null) {
            return known;
        }
        places.put(contact.node(), places.size());
        builder.addContacts(RingProtos.Contact.newBuilder()
                .setNode(ByteString.copyFrom(contact.node().value().toBytes()))
                .setHost(contact.address().host())
                .setPort(contact.address().port())
                .setIncarnation(contact.incarnation()));
        return places.size() - 1;
    }

    private List<Integer> positions(Position... positions) {
        return positions(List.of(positions));
    }

    private List<Integer> positions(List<Position> positions) {
        List<Integer> numbers = new ArrayList<>(3 * positions.size());
        for (Position position : positions) {
            numbers.add(place(position.owner()));
            numbers.add(position.index());
            numbers.add(position.candidate());
        }
        return numbers;
    }

    private static ByteString bytes(RingId id) {
        return ByteString.copyFrom(id.value().toBytes());
    }

    RingProtos.Message encode(RingMessage message) {
        if (message instanceof RingMessage.Questions questions) {
            RingProtos.Questions.Builder body =
                    RingProtos.Questions.newBuilder().setNumber(questions.number());
            questions.questions().forEach(question -> body.addQuestions(encode(question)));
            builder.setQuestions(body);
        } else if (message instanceof RingMessage.Answers answers) {
            RingProtos.Answers.Builder body = RingProtos.Answers.newBuilder().setNumber(answers.number());
            answers.answers().forEach(answer -> body.addAnswers(encode(answer)));
            builder.setAnswers(body);
        } else if (message instanceof RingMessage.Notices notices) {
            RingProtos.Notices.Builder body = RingProtos.Notices.newBuilder();
            notices.notices().forEach(notice -> body.addNotices(encode(notice)));
            builder.setNotices(body);
        }
        return builder.build();
    }

    private RingProtos.Question encode(Question question) {
        RingProtos.Question.Builder encoded = RingProtos.Question.newBuilder();
        if (question instanceof Question.AskPointers asked) {
            RingProtos.AskPointers.Builder pointers =
                    RingProtos.AskPointers.newBuilder().setAt(bytes(asked.at())).setKnown(asked.known());
            if (asked.joining() != null) {
                pointers.addAllJoining(positions(asked.joining()));
            }
            encoded.setPointers(pointers);
        } else if (question instanceof Question.AskHop hop) {
            encoded.setHop(bytes(hop.id()));
        } else {
            encoded.setPing(EMPTY);
        }
        return encoded.build();
    }

    private RingProtos.Answer encode(Answer answer) {
        RingProtos.Answer.Builder encoded = RingProtos.Answer.newBuilder();
        if (answer instanceof Answer.Told told) {
            encoded.setTold(encode(told.pointers()));
        } else if (answer instanceof Answer.Near near) {
            encoded.setNear(encode(near.pointers()));
        } else if (answer instanceof Answer.Further further) {
            encoded.setFurther(encode(further));
        } else if (answer instanceof Answer.Unchanged) {
            encoded.setUnchanged(EMPTY);
        } else if (answer instanceof Answer.NotMember) {
            encoded.setNotMember(EMPTY);
        } else {
            encoded.setPong(EMPTY);
        }
        return encoded.build();
    }

    private RingProtos.Pointers encode(Pointers pointers) {
        List<Integer> positions = positions(pointers.at(), pointers.predecessor());
        positions.addAll(positions(pointers.successors()));
        return RingProtos.Pointers.newBuilder().addAllPositions(positions).build();
    }

    private RingProtos.Further encode(Answer.Further further) {
        List<Integer> positions = positions(further.at());
        positions.addAll(
                positions(further.closer().stream().map(Answer.Way::position).toList()));
        RingProtos.Further.Builder encoded = RingProtos.Further.newBuilder().addAllPositions(positions);
        further.closer()
                .forEach(way -> encoded.addSources(
                        way.source() == HopSource.FINGER ? RingProtos.Source.FINGER : RingProtos.Source.SUCCESSOR));
        return encoded.build();
    }

    private RingProtos.Notice encode(Notice notice) {
        RingProtos.Notice.Builder encoded = RingProtos.Notice.newBuilder().setAt(bytes(notice.at()));
        if (notice instanceof Notice.Leaving leaving) {
            encoded.setLeaving(RingProtos.Leaving.newBuilder()
                    .addAllPositions(positions(leaving.leaver(), leaving.predecessor())));
        } else if (notice instanceof Notice.Changed changed) {
            encoded.setChanged(RingProtos.Changed.newBuilder().addAllPositions(positions(changed.changed())));
        } else {
            encoded.setNotify(RingProtos.Notify.newBuilder().addAllPositions(positions(notice.subject())));
        }
        return encoded.build();
    }
}
