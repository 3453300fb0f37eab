package io.chordata.node.s3;

import io.chordata.node.object.Invocation;
import io.chordata.node.object.ObjectException;
import io.chordata.node.object.ObjectKey;
import io.chordata.node.object.Objects;
import io.chordata.node.object.Objects.DeleteItem;
import io.chordata.node.object.WriteConditions;
import io.chordata.node.s3.xml.DeleteDocument;
import io.chordata.node.s3.xml.DeleteDocument.Deletion;
import io.chordata.node.s3.xml.DeleteDocument.Item;
import io.chordata.node.s3.xml.XmlWriter;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DeleteObjects: each item has an outcome of its own. */
final class DeleteObjectsHandler implements OperationHandler {
    private final Objects objects;

    DeleteObjectsHandler(Objects objects) {
        this.objects = objects;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        return call.body()
                .digestedDocument(new DeleteDocument())
                .compose(deletion -> delete(call.invocation(), call.request().bucketName(), deletion));
    }

    private Future<S3Answer> delete(Invocation invocation, String bucket, Deletion deletion) {
        List<DeleteItem> asked = new ArrayList<>();
        List<@Nullable S3Exception> refusals = new ArrayList<>();
        for (Item item : deletion.items()) {
            try {
                asked.add(check(item));
                refusals.add(null);
            } catch (S3Exception | ObjectException e) {
                refusals.add(ErrorTable.of(e));
            }
        }
        return objects.deleteAll(invocation, bucket, asked).map(outcomes -> answer(deletion, refusals, outcomes));
    }

    private static DeleteItem check(Item item) {
        VersionIds.requireCurrent(item.versionId());
        if (item.otherCondition()) {
            throw S3Error.NOT_IMPLEMENTED.with("Conditions on time or size are not offered here.");
        }
        WriteConditions conditions =
                item.eTag() == null ? WriteConditions.NONE : new WriteConditions(item.eTag(), false);
        return new DeleteItem(new ObjectKey(item.key()), conditions);
    }

    /** @param outcomes of those items alone that were not refused, in their order */
    private static S3Answer answer(
            Deletion deletion, List<@Nullable S3Exception> refusals, List<@Nullable ObjectException> outcomes) {
        XmlWriter xml = XmlWriter.of("DeleteResult");
        int asked = 0;
        for (int i = 0; i < refusals.size(); i++) {
            Item item = deletion.items().get(i);
            S3Exception refusal = refusals.get(i);
            if (refusal == null) {
                ObjectException outcome = outcomes.get(asked++);
                refusal = outcome == null ? null : ErrorTable.of(outcome);
            }
            write(xml, item, refusal, deletion.quiet());
        }
        return S3Answer.xml(200, xml);
    }

    private static void write(XmlWriter xml, Item item, @Nullable S3Exception refusal, boolean quiet) {
        if (refusal != null) {
            xml.open("Error")
                    .element("Key", item.key())
                    .optional("VersionId", item.versionId())
                    .element("Code", refusal.error().code())
                    .optional("Message", refusal.getMessage())
                    .close();
        } else if (!quiet) {
            xml.open("Deleted")
                    .element("Key", item.key())
                    .optional("VersionId", item.versionId())
                    .close();
        }
    }
}
