import os

import boto3


def handler(event, context):
    if "SECRET" in os.environ:
        return boto3.client("secretsmanager").get_secret_value(SecretId=os.environ["SECRET"])
