import os


def handler(event, context):
    if "TABLE" in os.environ:
        return os.environ["TABLE"]
    return None
