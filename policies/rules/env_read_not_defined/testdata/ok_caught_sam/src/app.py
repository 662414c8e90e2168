import os

try:
    TABLE = os.environ["TABLE"]
except KeyError:
    TABLE = ""


def handler(event, context):
    return TABLE
