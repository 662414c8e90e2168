import os


def other():
    return os.environ["TABLE"]


def handler(event, context):
    return event
