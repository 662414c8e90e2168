def handler(event, context):
    print("method", event["methodArn"])
    return {"isAuthorized": False}
