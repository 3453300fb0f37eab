package io.chordata.node.s3;

/** Is told of every answer, and of connections that get none. Called on event loops: must neither block nor throw. */
@FunctionalInterface
public interface S3Observer {
    /**
     * @param operation the S3 name, such as {@code PutObject}; {@code Unknown} if the request named none
     * @param code the S3 error code, empty for a success
     * @param bytesIn of the request's body, as on the wire
     * @param bytesOut of the answer's body
     * @param nanos from the request's head to the last byte handed to the socket
     */
    void onAnswer(String operation, int status, String code, long bytesIn, long bytesOut, long nanos);

    /** A connection was one too many, and closed. */
    default void onConnectionRefused() {}
}
