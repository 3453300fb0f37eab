"""Drives an S3 endpoint through boto3: python3 round_trip.py ENDPOINT BUCKET FOLDER SIZE... Any surprise ends it."""

import hashlib
import sys
import urllib.request

import boto3
import botocore.config
import botocore.exceptions

endpoint, bucket, folder, *sizes = sys.argv[1:]
s3 = boto3.client("s3", endpoint_url=endpoint)


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def equal(actual, expected):
    if actual != expected:
        sys.exit(f"expected {expected!r}, got {actual!r}")


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except botocore.exceptions.ClientError as error:
        equal(error.response["Error"]["Code"], code)
    else:
        sys.exit(f"{code} was expected")


s3.create_bucket(Bucket=bucket)

# Files of every size, by the transfer manager (multipart from 8 MiB on).
for size in sizes:
    s3.upload_file(f"{folder}/send-{size}", bucket, f"size/{size}")
    s3.download_file(bucket, f"size/{size}", f"{folder}/receive-{size}")
    equal(sha256(f"{folder}/receive-{size}"), sha256(f"{folder}/send-{size}"))

# What belongs to an object comes back with it.
key = "odd/ä+ %2F..//\U0001F600"
answer = s3.put_object(
    Bucket=bucket, Key=key, Body=b"0123456789", ContentType="text/x-odd", CacheControl="no-store", Metadata={"colour": "blue"}
)
equal(answer["ETag"], '"781e5e245d69b566979b86e28d23f2c7"')
head = s3.head_object(Bucket=bucket, Key=key)
equal((head["ContentType"], head["CacheControl"], head["Metadata"]), ("text/x-odd", "no-store", {"colour": "blue"}))
equal(s3.get_object(Bucket=bucket, Key=key, Range="bytes=2-4")["Body"].read(), b"234")
refused("InvalidRange", s3.get_object, Bucket=bucket, Key=key, Range="bytes=10-")
refused("PreconditionFailed", s3.get_object, Bucket=bucket, Key=key, IfMatch='"0"')

# An empty body first: what answers its Expect decides whether botocore can use the connection again.
for body in [b"", b"x", b"", b"xy"]:
    s3.put_object(Bucket=bucket, Key="again", Body=body)
equal(s3.get_object(Bucket=bucket, Key="again")["Body"].read(), b"xy")

# Copies keep or replace the metadata.
s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": key})
equal(s3.head_object(Bucket=bucket, Key="copy")["Metadata"], {"colour": "blue"})
s3.copy_object(
    Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": key}, MetadataDirective="REPLACE", Metadata={"n": "1"}
)
equal(s3.head_object(Bucket=bucket, Key="copy")["Metadata"], {"n": "1"})

# Listing, in pages and folders.
for number in range(25):
    s3.put_object(Bucket=bucket, Key=f"list/{number % 5}/{number:02}", Body=b"")
pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="list/", PaginationConfig={"PageSize": 7})
keys = [entry["Key"] for page in pages for entry in page["Contents"]]
equal(keys, sorted(f"list/{number % 5}/{number:02}" for number in range(25)))
pages = s3.get_paginator("list_objects").paginate(
    Bucket=bucket, Prefix="list/", Delimiter="/", PaginationConfig={"PageSize": 2}
)
folders = [entry["Prefix"] for page in pages for entry in page.get("CommonPrefixes", [])]
equal(folders, [f"list/{number}/" for number in range(5)])

# Presigned both ways. Left to itself, boto3 presigns with Signature V2 for any endpoint but Amazon's.
presigner = boto3.client("s3", endpoint_url=endpoint, config=botocore.config.Config(signature_version="s3v4"))
url = presigner.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "presigned"})
put = urllib.request.Request(url, data=b"signed", method="PUT")
put.add_header("Content-Type", "text/plain")
equal(urllib.request.urlopen(put).status, 200)
get = presigner.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "presigned"})
equal(urllib.request.urlopen(get).read(), b"signed")

# What is not there says so; what is deleted is gone.
refused("NoSuchKey", s3.get_object, Bucket=bucket, Key="missing")
refused("NoSuchBucket", s3.list_objects_v2, Bucket=bucket + "-missing")
refused("BucketNotEmpty", s3.delete_bucket, Bucket=bucket)
everything = [
    {"Key": entry["Key"]}
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    for entry in page["Contents"]
]
equal(len(s3.delete_objects(Bucket=bucket, Delete={"Objects": everything})["Deleted"]), len(everything))
equal(s3.list_objects_v2(Bucket=bucket)["KeyCount"], 0)
s3.delete_bucket(Bucket=bucket)
print("ok")
