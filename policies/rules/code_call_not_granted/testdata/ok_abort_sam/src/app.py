import boto3


def handler(event, context):
    boto3.client("s3").abort_multipart_upload(Bucket="orders", Key=event["id"], UploadId=event["upload"])
