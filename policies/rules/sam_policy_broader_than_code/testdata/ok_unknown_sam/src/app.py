import boto3
import store

table = boto3.resource("dynamodb").Table("orders")


def handler(event, context):
    store.add(table)
    return table.get_item(Key={"id": event["id"]})
