import boto3


def handler(event, context):
    try:
        for page in boto3.client("s3").get_paginator("list_objects_v2").paginate(Bucket="orders"):  # want "calls ListObjectsV2, .* s3:ListBucket"
            print(page)
    except Exception:
        print("no list")
        raise
