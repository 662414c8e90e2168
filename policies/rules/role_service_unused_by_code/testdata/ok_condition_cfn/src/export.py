import boto3

bucket = boto3.client("s3")


def handler(event, context):
    bucket.put_object(Bucket="orders", Key=event["id"], Body=b"{}")
