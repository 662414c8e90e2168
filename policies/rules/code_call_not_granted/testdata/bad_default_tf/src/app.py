import boto3

table = boto3.resource("dynamodb").Table("orders")


def handler(event, context):
    table.put_item(Item={"id": event["id"]})  # want "calls PutItem, and its execution role .* does not allow dynamodb:PutItem"
