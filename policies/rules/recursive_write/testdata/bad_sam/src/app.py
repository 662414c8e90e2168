import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])


def handler(event, context):
    table.put_item(Item={"id": "total"})  # want "calls PutItem on .*, which triggers it through .*recursive loop"
