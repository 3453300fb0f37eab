package io.chordata.client.admin;

/** An access key that was just made: the only time that its secret is told. It is not printed. */
public record NewKey(Key key, String secretKey) {
    static NewKey of(Fields fields) {
        return new NewKey(Key.of(fields), fields.text("secretKey"));
    }

    @Override
    public String toString() {
        return "NewKey[key=" + key + ']';
    }
}
