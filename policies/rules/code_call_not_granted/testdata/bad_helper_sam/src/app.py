from store import Store


def handler(event, context):
    Store().add(event["id"])
