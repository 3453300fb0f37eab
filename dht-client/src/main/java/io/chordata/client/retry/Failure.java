package io.chordata.client.retry;

/**
 * How an attempt failed.
 *
 * @param status of the answer, or 0
 * @param code of S3, or empty
 */
public record Failure(Stage stage, int status, String code) {
    /** How far an attempt came. */
    public enum Stage {
        /** No connection of ours was free in time: the endpoint was not asked at all. */
        NOT_ASKED,
        /** The endpoint cannot have got it. */
        NOT_SENT,
        /** It was sent, in whole or in part, and there is no whole answer. */
        NO_ANSWER,
        ANSWERED
    }

    public static Failure notAsked() {
        return new Failure(Stage.NOT_ASKED, 0, "");
    }

    public static Failure notSent() {
        return new Failure(Stage.NOT_SENT, 0, "");
    }

    public static Failure noAnswer() {
        return new Failure(Stage.NO_ANSWER, 0, "");
    }

    public static Failure answered(int status, String code) {
        return new Failure(Stage.ANSWERED, status, code);
    }
}
