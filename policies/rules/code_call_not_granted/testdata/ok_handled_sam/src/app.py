import boto3

table = boto3.resource("dynamodb").Table("orders")


def handler(event, context):
    try:
        table.put_item(Item={"id": event["id"]})
    except Exception:
        print("the cache is not writable")
