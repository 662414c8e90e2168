def handler(event, context):
    token = event.pop("authorizationToken")
    print(event)
    return {"isAuthorized": bool(token)}
