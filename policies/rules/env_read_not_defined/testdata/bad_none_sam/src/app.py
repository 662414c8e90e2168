import os

TABLE = os.environ["TABLE"]  # # want "variable TABLE"


def handler(event, context):
    return TABLE
