import os

import boto3

s3 = boto3.client("s3")
DIRECTORY = "/tmp"


def handler(event, context):
    path = os.path.join(DIRECTORY, event["name"])
    s3.download_file("orders", event["name"], path)  # # want "writes /tmp/ and never removes files"
    return os.path.getsize(path)
