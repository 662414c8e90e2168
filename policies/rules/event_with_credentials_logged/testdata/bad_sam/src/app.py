import json


def handler(event, context):
    print(json.dumps(event))  # # want "Orders logs its whole event, which contains the token"
    return {"isAuthorized": False}
