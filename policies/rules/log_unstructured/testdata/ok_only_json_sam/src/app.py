import json


def handler(event, context):
    print(json.dumps({"message": "order", "id": event["id"]}))
