import os

import boto3

region = os.environ["AWS_REGION"]


def handler(event, context):
    s3 = boto3.client("s3")  # # want "client of s3"
    boto3.client("sns", region_name=region).publish(TopicArn=event["topic"], Message="done")  # # want "client of sns"
    return s3.list_buckets()
