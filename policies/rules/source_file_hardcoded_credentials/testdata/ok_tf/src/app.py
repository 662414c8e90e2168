import os


def handler(event, context):
    return os.environ.get("KEY_NAME")
