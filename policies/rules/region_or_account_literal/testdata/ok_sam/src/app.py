import os

import boto3

client = boto3.client("sqs", region_name=os.environ["AWS_REGION"])
distributions = boto3.client("cloudfront", region_name="us-east-1")
POLICY = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def handler(event, context):
    """Sends to arn:aws:sns:eu-west-1:123456789012:orders, or so."""
    return f"arn:aws:sns:eu-west-1:{event['account']}:orders"
