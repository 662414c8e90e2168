import boto3

client = boto3.client("dynamodb")


def handler(event, context):
    getattr(client, event["operation"])(TableName="orders", Key={"id": {"S": event["id"]}})
    return client.get_item(TableName="orders", Key={"id": {"S": event["id"]}})
