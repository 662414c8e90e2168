import boto3


def handler(event, context):
    return boto3.client("s3").get_object(Bucket="orders", Key=event["id"])
