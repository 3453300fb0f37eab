package io.chordata.client.http;

/** Codes of S3 where an answer tells none, as to HEAD; statuses where a document tells an error behind a 200. */
final class StatusCodes {
    private StatusCodes() {}

    static String codeOf(int status) {
        return switch (status) {
            case 304 -> "NotModified";
            case 301, 302, 307, 308 -> "Redirect";
            case 400 -> "BadRequest";
            case 403 -> "AccessDenied";
            case 404 -> "NotFound";
            case 405 -> "MethodNotAllowed";
            case 409 -> "Conflict";
            case 412 -> "PreconditionFailed";
            case 416 -> "InvalidRange";
            case 429, 503 -> status == 429 ? "TooManyRequests" : "ServiceUnavailable";
            case 500 -> "InternalError";
            case 501 -> "NotImplemented";
            default -> "Status" + status;
        };
    }

    static int statusOf(String code) {
        return switch (code) {
            case "InternalError" -> 500;
            case "ServiceUnavailable", "SlowDown" -> 503;
            case "PreconditionFailed" -> 412;
            case "NoSuchKey", "NoSuchBucket", "NoSuchUpload" -> 404;
            case "OperationAborted", "ConditionalRequestConflict" -> 409;
            case "AccessDenied" -> 403;
            default -> 400;
        };
    }
}
